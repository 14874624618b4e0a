/** What a card is asked to sign. */
export interface ChallengeFacts {
  readonly origin: string;
  readonly id: string;
  /** base64url of 256 random bits. */
  readonly nonce: string;
  /** Hexadecimal SHA-256 of the browser's cookie. */
  readonly browserSha256: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

/**
 * The text that is signed: readable, because a person must be able to see what his card signs, and complete, because a signature over it
 * must be worth nothing on another site, for another purpose, in another browser, or a second time.
 */
export function challengeText(facts: ChallengeFacts): string {
  return [
    'オンライン更新時講習へのサインイン',
    '利用者証明用電子証明書で本人であることを示し、次のサイトにサインインします。心当たりがないときは署名しないでください。',
    'Sign-in to the online renewal lecture',
    'I prove who I am with my authentication certificate and sign in to the site below. Do not sign if you did not ask for this.',
    '',
    `origin: ${facts.origin}`,
    'purpose: cardSignIn',
    `id: ${facts.id}`,
    `nonce: ${facts.nonce}`,
    `browser: ${facts.browserSha256}`,
    `issued: ${facts.issuedAt.toISOString()}`,
    `expires: ${facts.expiresAt.toISOString()}`,
    '',
  ].join('\n');
}
