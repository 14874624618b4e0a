import { z } from 'zod';
import { isFreshFor } from '#lib/domain/people/hand-over.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { Learner } from '#lib/domain/people/actor.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { endCurrentSession } from '../sessions/end-own-sessions.ts';
import { getOwnSignIn } from '../sessions/get-own-sign-in.ts';
import { findShown, lockOpen } from './find-open.ts';
import type { AskingDevice } from './claim-hand-over.ts';
import { markHandOver } from './hand-over.queries.ts';

export const ChosenNumber = z.object({ number: z.coerce.number().int().min(10).max(99) });

/** The numbers among which the person chooses, and the device that shows one of them. Refused as `hand_over_over`. */
export async function getChoices(
  app: Pick<App, 'db' | 'clock'>,
  key: string,
): Promise<AskingDevice & { readonly choices: readonly number[] }> {
  const shown = await findShown(app, { side: 'phone', key });
  if (shown?.state !== 'claimed') throw new Refusal('hand_over_over');
  const { browser, device, createdAt: since, choices } = shown;
  return { browser, device, since, choices };
}

/**
 * The person, whose card has just been read on this device, has chosen the number that the other one shows: that one may now sign in as him,
 * when he says so there too. His session here was for this alone, and ends. Refused: `hand_over_over`; `hand_over_card` when the card was
 * read before the QR code; `hand_over_number` for another number, after which the hand-over is over: nobody guesses twice.
 */
export async function approveHandOver(
  app: App,
  learner: Learner,
  { key, number, requestId }: z.output<typeof ChosenNumber> & { key: string; requestId: string },
): Promise<void> {
  const now = app.clock.now();
  const isRight = await app.db.transaction().execute(async (trx) => {
    const handOver = await lockOpen(app, trx, { side: 'phone', key }, ['claimed']);
    const { method, createdAt } = await getOwnSignIn(trx, learner);
    if (method === 'passkey' || !isFreshFor(handOver, createdAt)) throw new Refusal('hand_over_card');
    const subject = { kind: 'handOver', id: handOver.id };
    if (number !== handOver.number) {
      await markHandOver(trx, handOver.id, { endedAt: now });
      await appendAudit(trx, learner, { what: 'handOver.refused', subject, requestId });
      return false;
    }
    const { credentialId } = learner;
    await markHandOver(trx, handOver.id, { approvedAt: now, credentialId, method });
    const { browser, device } = handOver;
    await appendAudit(trx, learner, {
      what: 'handOver.approved',
      subject,
      detail: { browser, device },
      requestId,
    });
    await endCurrentSession(trx, learner);
    await appendAudit(trx, learner, {
      what: 'session.ended',
      detail: { method, reason: 'handOver' },
      requestId,
    });
    return true;
  });
  // What was marked has to stay: the refusal comes after it.
  if (!isRight) throw new Refusal('hand_over_number');
}
