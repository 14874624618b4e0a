import { randomBytes } from 'node:crypto';
import { LIMITS } from '#lib/domain/limits.ts';
import type { App } from '../app.ts';
import { hashOfBrowser, openChallenge, spendChallenge } from '../sign-in/challenge.ts';

export type PasskeyPurpose = 'passkeySignIn' | 'passkeyRegistration';

const CHALLENGE_BYTES = 32;

/** Makes something for an authenticator to sign: for one purpose, in this browser only, once, within LIMITS.challengeTtlMs. */
export async function openPasskeyChallenge(
  app: App,
  purpose: PasskeyPurpose,
  browserToken: string,
): Promise<{ challengeId: string; challenge: Uint8Array<ArrayBuffer> }> {
  const challenge = new Uint8Array(randomBytes(CHALLENGE_BYTES));
  const { id } = await openChallenge(app, {
    purpose,
    browserSha256: hashOfBrowser(browserToken),
    ttlMs: LIMITS.challengeTtlMs,
    value: () => Buffer.from(challenge).toString('base64url'),
  });
  return { challengeId: id, challenge };
}

/** Spends the challenge before anything else is looked at; returns it in base64url. Refused as spendChallenge does. */
export function spendPasskeyChallenge(
  app: App,
  purpose: PasskeyPurpose,
  browserToken: string,
  challengeId: string,
): Promise<string> {
  return spendChallenge(app, purpose, { id: challengeId, browserSha256: hashOfBrowser(browserToken) });
}

/** Passkeys are bound to the host that people see (Web Authentication, §5.1.2 RP ID). */
export function relyingParty({ config }: App): { rpId: string; origin: string } {
  return { rpId: new URL(config.origin).hostname, origin: config.origin };
}
