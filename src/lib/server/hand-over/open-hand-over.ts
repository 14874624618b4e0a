import { randomInt, randomUUID } from 'node:crypto';
import { LIMITS } from '#lib/domain/limits.ts';
import { browserFamily } from '#lib/domain/people/browser-family.ts';
import { drawNumbers } from '#lib/domain/people/hand-over.ts';
import type { App } from '../app.ts';
import { deleteHandOversExpiredBefore, insertHandOver } from './hand-over.queries.ts';
import { keyOf, newSecret, sha256, type HandOverKey } from './keys.ts';

/** One that is over is kept for a while, so that both devices can be told. */
const KEEP_EXPIRED_MS = 3_600_000;

/**
 * A device asks to be signed in by the card step on another, within LIMITS.handOverTtlMs. Answers the key that its QR code carries and its
 * cookie keeps; of the secret only the hash is kept. `next` is where it goes on to afterwards.
 */
export async function openHandOver(
  app: Pick<App, 'db' | 'clock'>,
  device: { readonly browserToken: string; readonly userAgent: string; readonly next: string },
): Promise<{ readonly key: HandOverKey; readonly expiresAt: Date }> {
  const now = app.clock.now();
  const expiresAt = new Date(now.getTime() + LIMITS.handOverTtlMs);
  const [id, secret] = [randomUUID(), newSecret()];
  const { number, choices } = drawNumbers((from, to) => randomInt(from, to + 1));
  await deleteHandOversExpiredBefore(app.db, new Date(now.getTime() - KEEP_EXPIRED_MS));
  await insertHandOver(app.db, {
    id,
    secretSha256: sha256(secret),
    browserSha256: sha256(device.browserToken),
    ...browserFamily(device.userAgent),
    next: device.next,
    number,
    choices: [...choices],
    createdAt: now,
    expiresAt,
  });
  return { key: keyOf(id, secret), expiresAt };
}
