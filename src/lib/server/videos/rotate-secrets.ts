import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { unwrapSecret, wrappingKeysOf, wrapSecret } from '../media/video-secret.ts';
import {
  countSecretsNotUnder,
  listSecretsNotUnder,
  listWrappingKeyIds,
  markSecretRewrapped,
} from './secret.queries.ts';

const BATCH = 100;

export interface Rotation {
  readonly keyId: string;
  readonly rewrapped: number;
  /** Still under another key: of videos that a worker has at this moment. */
  readonly left: number;
}

/**
 * Wraps the master secret of every video under the current key, a batch at a time, while servers and workers run: the secrets
 * themselves stay what they are, so nobody who watches notices. May be stopped and repeated at any time. Throws a fault before
 * it changes anything when a secret is wrapped under a key that the configuration does not have.
 */
export async function rotateSecrets(
  app: App,
  onBatch: (rewrapped: number) => void = () => undefined,
): Promise<Rotation> {
  const { db, config } = app;
  const keys = wrappingKeysOf(config);
  const unknown = (await listWrappingKeyIds(db)).filter(({ keyId }) => !keys.some(({ id }) => id === keyId));
  if (unknown.length > 0) {
    const named = unknown.map(({ keyId, videos }) => `${keyId} (${videos} videos)`).join(', ');
    throw new Error(`secrets are wrapped under keys that OLD_WRAPPING_KEYS does not have: ${named}`);
  }
  const keyId = config.wrappingKey.id;
  let rewrapped = 0;
  let after: string | null = null;
  for (;;) {
    const batch = await listSecretsNotUnder(db, keyId, after, BATCH);
    for (const { id, wrappedSecret: former, wrappingKeyId } of batch) {
      if (!former || wrappingKeyId === null) continue;
      const secret = unwrapSecret(keys, former, wrappingKeyId);
      if (await markSecretRewrapped(db, { id, former }, wrapSecret(config.wrappingKey, secret)))
        rewrapped += 1;
    }
    after = batch.at(-1)?.id ?? null;
    if (after === null) break;
    onBatch(rewrapped);
  }
  if (rewrapped > 0)
    await appendAudit(db, 'system', { what: 'secrets.rotated', detail: { keyId, rewrapped } });
  return { keyId, rewrapped, left: await countSecretsNotUnder(db, keyId) };
}
