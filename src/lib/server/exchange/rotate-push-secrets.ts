import type { App } from '../app.ts';
import { unwrapSecret, wrappingKeysOf, wrapSecret } from '../media/video-secret.ts';
import { listPushSecretsNotUnder, markPushSecretRewrapped } from './push.queries.ts';

/** Wraps the secrets of pushes under the current key; partners notice nothing. Answers how many were wrapped anew. */
export async function rotatePushSecrets(app: App): Promise<number> {
  let rewrapped = 0;
  for (const partner of await listPushSecretsNotUnder(app.db, app.config.wrappingKey.id)) {
    const secret = unwrapSecret(wrappingKeysOf(app.config), partner.pushSecret, partner.pushSecretKeyId);
    const wrapped = wrapSecret(app.config.wrappingKey, secret);
    if (await markPushSecretRewrapped(app.db, { id: partner.id, former: partner.pushSecret }, wrapped))
      rewrapped += 1;
  }
  return rewrapped;
}
