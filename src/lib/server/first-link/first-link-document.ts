import { createHash } from 'node:crypto';
import { formatReceiptNumber } from '#lib/domain/people/receipt-number.ts';
import type { CredentialIdentity } from '../sign-in/proof.ts';

/** What the person signs with his signing certificate. */
export interface FirstLinkFacts {
  readonly origin: string;
  readonly receiptNumber: string;
  readonly identity: CredentialIdentity;
  /** base64url of 256 random bits. */
  readonly nonce: string;
  readonly browserSha256: Buffer;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

const CREDENTIAL_WORDS = {
  certificate: {
    ja: 'いまサインインに使ったカードの利用者証明用電子証明書',
    en: 'the authentication certificate of the card that I have just signed in with',
  },
  oidc: {
    ja: 'いまサインインに使ったデジタル認証アプリ',
    en: 'the digital authentication app (デジタル認証アプリ) that I have just signed in with',
  },
} as const;

/**
 * The document: readable, because a signing certificate may not be used over words that its holder does not understand; and complete,
 * because a signature over it must be worth nothing on another site, for another credential, in another browser, or a second time.
 */
export function firstLinkDocument(facts: FirstLinkFacts): string {
  const words = CREDENTIAL_WORDS[facts.identity.kind];
  return [
    '初回連携の申請書',
    '',
    `私は、「オンライン更新時講習」(${facts.origin})で、${words.ja}を、私の運転免許の情報と連携することを申請します。`,
    'この署名は、連携のときに一度だけ行います。次からのサインインでは、署名用電子証明書を使いません。',
    '署名用電子証明書に記録された氏名・住所・生年月日は、運転免許の情報との照合だけに使われ、保存されません。',
    '心当たりがないときは、署名しないでください。',
    '',
    'Application for the first link',
    '',
    `For the online renewal lecture (${facts.origin}), I apply to have ${words.en} linked to the information of my driving licence.`,
    'I sign once, for this link; later sign-ins do not use the signing certificate.',
    'The name, address and birth date in my signing certificate are compared with the licence register only, and are not kept.',
    'Do not sign if you did not ask for this.',
    '',
    `受付番号 receipt: ${formatReceiptNumber(facts.receiptNumber)}`,
    `作成 issued: ${facts.issuedAt.toISOString()}`,
    `期限 expires: ${facts.expiresAt.toISOString()}`,
    'purpose: firstLink',
    `credential: ${hashOfCredential(facts.identity)}`,
    `browser: ${facts.browserSha256.toString('hex')}`,
    `nonce: ${facts.nonce}`,
    '',
  ].join('\n');
}

/** Hexadecimal SHA-256 of what the credential is known by: whose it is cannot be read out of it. */
export function hashOfCredential(identity: CredentialIdentity): string {
  const parts =
    identity.kind === 'certificate'
      ? [identity.kind, identity.anchorId, identity.serial, identity.spkiSha256.toString('hex')]
      : [identity.kind, identity.issuer, identity.subject];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
