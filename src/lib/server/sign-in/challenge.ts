import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import {
  consumeChallenge,
  deleteChallengesExpiredBefore,
  findConsumedChallenge,
  insertChallenge,
} from './challenge.queries.ts';

/** What a challenge may be for; one of one purpose is unknown to the others. */
export type ChallengePurpose =
  | 'cardSignIn'
  | 'cardReaderSignIn'
  | 'cardReaderTicket'
  | 'appSignIn'
  | 'appSignature'
  | 'passkeySignIn'
  | 'passkeyRegistration';

/** An old challenge is kept for a while, to tell the person that it was used or came too late. */
const KEEP_EXPIRED_MS = 3_600_000;

export interface NewChallenge {
  readonly purpose: ChallengePurpose;
  readonly browserSha256: Buffer;
  readonly ttlMs: number;
  /** What has to come back, or be signed; made of the challenge's id and its two instants. */
  readonly value: (facts: { id: string; issuedAt: Date; expiresAt: Date }) => string;
}

/** Makes something that can be answered once, within its time, in the browser that asked for it. */
export async function openChallenge(
  app: Pick<App, 'db' | 'clock'>,
  { purpose, browserSha256, ttlMs, value: makeValue }: NewChallenge,
): Promise<{ id: string; value: string; expiresAt: Date }> {
  const id = randomUUID();
  const issuedAt = app.clock.now();
  const expiresAt = new Date(issuedAt.getTime() + ttlMs);
  const value = makeValue({ id, issuedAt, expiresAt });
  await deleteChallengesExpiredBefore(app.db, new Date(issuedAt.getTime() - KEEP_EXPIRED_MS));
  await insertChallenge(app.db, { id, purpose, value, browserSha256, createdAt: issuedAt, expiresAt });
  return { id, value, expiresAt };
}

/**
 * Spends the challenge before anything else is looked at; answers what it held. Refused: `challenge_unknown`, `_used`, `_expired`,
 * `_other_browser`. A challenge that is refused is spent all the same.
 */
export async function spendChallenge(
  app: Pick<App, 'db' | 'clock'>,
  purpose: ChallengePurpose,
  { id, browserSha256 }: { id: string; browserSha256: Buffer },
): Promise<string> {
  const now = app.clock.now();
  const challenge = await consumeChallenge(app.db, { id, purpose, consumedAt: now });
  if (!challenge) {
    const isSpent = (await findConsumedChallenge(app.db, { id, purpose })) !== undefined;
    throw new Refusal(isSpent ? 'challenge_used' : 'challenge_unknown');
  }
  if (now > challenge.expiresAt) throw new Refusal('challenge_expired');
  if (!timingSafeEqual(challenge.browserSha256, browserSha256)) throw new Refusal('challenge_other_browser');
  return challenge.value;
}

/** What is kept of the cookie that ties a challenge to a browser. */
export function hashOfBrowser(browserToken: string): Buffer {
  return createHash('sha256').update(browserToken).digest();
}
