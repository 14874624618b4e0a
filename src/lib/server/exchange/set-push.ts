import type { App } from '../app.ts';
import { enqueuePush } from '../jobs/enqueue.ts';
import { wrapSecret } from '../media/video-secret.ts';
import { changePartner } from './change-partners.ts';
import { findPush, getNewestPosition, updatePush } from './push.queries.ts';
import { readPushUrl } from './send-webhook.ts';
import { makePushSecret, writePushSecret } from './sign-webhook.ts';
import { Refusal } from '#lib/domain/refusal.ts';

const FRESH = { pushFailures: 0, pushNextAt: null, pushStoppedAt: null } as const;

/**
 * Pushes events to this address from now on; the feed has those before. Answers the secret, which is told only now; a new address gets a new
 * one, and goes on where the former stood. Refused: not_found, push_address_refused.
 */
export async function setPush(app: App, name: string, address: string): Promise<string> {
  const url = readPushUrl(app, address);
  const secret = makePushSecret();
  const { wrapped, keyId } = wrapSecret(app.config.wrappingKey, secret);
  await changePartner(app, name, 'pushSet', async (trx, { id }) => {
    const former = await findPush(trx, id);
    await updatePush(trx, id, {
      ...FRESH,
      ...{ pushUrl: url.href, pushSecret: wrapped, pushSecretKeyId: keyId },
      pushPosition: former?.pushPosition ?? (await getNewestPosition(trx)),
    });
    await enqueuePush(trx, id, app.clock.now());
  });
  return writePushSecret(secret);
}

/** Ends the push. Refused: not_found. */
export const endPush = (app: App, name: string): Promise<void> =>
  changePartner(app, name, 'pushEnded', (trx, { id }) =>
    updatePush(trx, id, { ...FRESH, pushUrl: null, pushSecret: null, pushSecretKeyId: null }),
  );

/** Tries again at once, also after it was given up, from the first event that was not taken. Refused as `not_found` without a push. */
export const resumePush = (app: App, name: string): Promise<void> =>
  changePartner(app, name, 'pushResumed', async (trx, { id }) => {
    if (!(await findPush(trx, id))) throw new Refusal('not_found');
    await updatePush(trx, id, FRESH);
    await enqueuePush(trx, id, app.clock.now());
  });
