import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { LIMITS } from '#lib/domain/limits.ts';
import type { App } from '../app.ts';
import { deleteChallengesExpiredBefore, insertChallenge } from './challenge.queries.ts';
import { challengeText } from './challenge-text.ts';

const NONCE_BYTES = 32;
/** An old challenge is kept for a while, to tell the person that it was used or came too late. */
const KEEP_EXPIRED_MS = 3_600_000;

export interface CardChallenge {
  readonly challengeId: string;
  /** To be signed as it stands, in UTF-8. */
  readonly text: string;
  readonly expiresAt: Date;
}

/** Makes a text for the card to sign, for this browser only, once, within LIMITS.challengeTtlMs. */
export async function openCardChallenge(
  app: App,
  { browserToken }: { browserToken: string },
): Promise<CardChallenge> {
  const id = randomUUID();
  const issuedAt = app.clock.now();
  const expiresAt = new Date(issuedAt.getTime() + LIMITS.challengeTtlMs);
  const browserSha256 = hashOfBrowser(browserToken);
  const text = challengeText({
    origin: app.config.origin,
    id,
    nonce: randomBytes(NONCE_BYTES).toString('base64url'),
    browserSha256: browserSha256.toString('hex'),
    issuedAt,
    expiresAt,
  });
  await deleteChallengesExpiredBefore(app.db, new Date(issuedAt.getTime() - KEEP_EXPIRED_MS));
  await insertChallenge(app.db, {
    id,
    purpose: 'cardSignIn',
    value: text,
    browserSha256,
    createdAt: issuedAt,
    expiresAt,
  });
  return { challengeId: id, text, expiresAt };
}

export function hashOfBrowser(browserToken: string): Buffer {
  return createHash('sha256').update(browserToken).digest();
}
