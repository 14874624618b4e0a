import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { unwrapSecret, wrappingKeysOf, wrapSecret } from '../media/video-secret.ts';
import { listPictureKeyIds, listSealsNotUnder, updateSeals } from './pictures.queries.ts';

const BATCH = 500;

/** Throws a fault when pictures are wrapped under keys that the configuration does not have. */
export async function assertPictureKeysKnown({ db, config }: Pick<App, 'db' | 'config'>): Promise<void> {
  const keys = wrappingKeysOf(config);
  const unknown = (await listPictureKeyIds(db)).filter(({ keyId }) => !keys.some(({ id }) => id === keyId));
  if (unknown.length === 0) return;
  const named = unknown.map(({ keyId, pictures }) => `${keyId} (${pictures} pictures)`).join(', ');
  throw new Error(`pictures are wrapped under keys that OLD_WRAPPING_KEYS does not have: ${named}`);
}

/**
 * Wraps the key of every sealed picture under the current wrapping key, a batch at a time, while everything runs; the files stay as
 * they are. May be stopped and repeated at any time. Throws a fault before it changes anything when a key is unknown.
 */
export async function rotatePictureKeys(
  app: App,
  onBatch: (rewrapped: number) => void = () => undefined,
): Promise<{ rewrapped: number; left: number }> {
  await assertPictureKeysKnown(app);
  const { db, config } = app;
  const keys = wrappingKeysOf(config);
  const keyId = config.wrappingKey.id;
  let rewrapped = 0;
  let after: string | undefined = '';
  while (after !== undefined) {
    const batch: Awaited<ReturnType<typeof listSealsNotUnder>> = await listSealsNotUnder(
      db,
      keyId,
      after,
      BATCH,
    );
    rewrapped += await updateSeals(
      db,
      batch.map(({ storageKey, wrappedKey, wrappingKeyId }) => ({
        storageKey,
        former: wrappedKey,
        seal: wrapSecret(config.wrappingKey, unwrapSecret(keys, wrappedKey, wrappingKeyId)),
      })),
    );
    after = batch.at(-1)?.storageKey;
    if (after !== undefined) onBatch(rewrapped);
  }
  if (rewrapped > 0)
    await appendAudit(db, 'system', { what: 'secrets.picturesRotated', detail: { keyId, rewrapped } });
  const left = (await listPictureKeyIds(db)).filter((under) => under.keyId !== keyId);
  return { rewrapped, left: left.reduce((sum, { pictures }) => sum + pictures, 0) };
}
