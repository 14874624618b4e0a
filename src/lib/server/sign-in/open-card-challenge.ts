import { randomBytes } from 'node:crypto';
import { LIMITS } from '#lib/domain/limits.ts';
import type { App } from '../app.ts';
import { hashOfBrowser, openChallenge } from './challenge.ts';
import { challengeText } from './challenge-text.ts';

const NONCE_BYTES = 32;

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
  const browserSha256 = hashOfBrowser(browserToken);
  const { id, value, expiresAt } = await openChallenge(app, {
    purpose: 'cardSignIn',
    browserSha256,
    ttlMs: LIMITS.challengeTtlMs,
    value: (facts) =>
      challengeText({
        ...facts,
        origin: app.config.origin,
        nonce: randomBytes(NONCE_BYTES).toString('base64url'),
        browserSha256: browserSha256.toString('hex'),
      }),
  });
  return { challengeId: id, text: value, expiresAt };
}
