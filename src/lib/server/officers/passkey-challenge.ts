import { randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { LIMITS } from '#lib/domain/limits.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { hashOfBrowser } from '../sign-in/open-card-challenge.ts';
import {
  consumePasskeyChallenge,
  findSpentChallenge,
  insertPasskeyChallenge,
  type PasskeyPurpose,
} from './passkey.queries.ts';

const CHALLENGE_BYTES = 32;

/** Makes something for an authenticator to sign: for one purpose, in this browser only, once, within LIMITS.challengeTtlMs. */
export async function openPasskeyChallenge(
  app: App,
  purpose: PasskeyPurpose,
  browserToken: string,
): Promise<{ challengeId: string; challenge: Uint8Array<ArrayBuffer> }> {
  const challengeId = randomUUID();
  const challenge = new Uint8Array(randomBytes(CHALLENGE_BYTES));
  const createdAt = app.clock.now();
  await insertPasskeyChallenge(app.db, {
    id: challengeId,
    purpose,
    value: Buffer.from(challenge).toString('base64url'),
    browserSha256: hashOfBrowser(browserToken),
    createdAt,
    expiresAt: new Date(createdAt.getTime() + LIMITS.challengeTtlMs),
  });
  return { challengeId, challenge };
}

/** Spends the challenge before anything else is looked at; returns it in base64url. Refused: `challenge_unknown`, `_used`, `_expired`, `_other_browser`. */
export async function spendPasskeyChallenge(
  app: App,
  purpose: PasskeyPurpose,
  browserToken: string,
  challengeId: string,
): Promise<string> {
  const now = app.clock.now();
  const challenge = await consumePasskeyChallenge(app.db, challengeId, purpose, now);
  if (!challenge) {
    const isSpent = (await findSpentChallenge(app.db, challengeId, purpose)) !== undefined;
    throw new Refusal(isSpent ? 'challenge_used' : 'challenge_unknown');
  }
  if (now > challenge.expiresAt) throw new Refusal('challenge_expired');
  if (!timingSafeEqual(challenge.browserSha256, hashOfBrowser(browserToken)))
    throw new Refusal('challenge_other_browser');
  return challenge.value;
}

/** Passkeys are bound to the host that people see (Web Authentication, §5.1.2 RP ID). */
export function relyingParty({ config }: App): { rpId: string; origin: string } {
  return { rpId: new URL(config.origin).hostname, origin: config.origin };
}
