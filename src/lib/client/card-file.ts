import { LIMITS } from '#lib/domain/limits.ts';

/**
 * A test card as a file (JSON): a certificate in the open, and its private key (PKCS#8) under AES-256-GCM with a key that PBKDF2-SHA-256
 * derives from the secret. All bytes are base64. Version 1 holds an authentication certificate and opens with a PIN of four digits;
 * version 2 holds a signing certificate (`use`) and opens with its password: 6 to 16 capital letters and digits.
 */
export type CardFile = AuthCardFile | SigningCardFile;

export interface AuthCardFile extends SealedCard {
  readonly version: 1;
}

export interface SigningCardFile extends SealedCard {
  readonly version: 2;
  readonly use: 'sign';
}

interface SealedCard {
  readonly format: 'koshu-test-card';
  readonly holder: string;
  readonly algorithm: 'rsa-sha256' | 'ecdsa-p384-sha384';
  /** DER. */
  readonly certificate: string;
  readonly sealedKey: {
    readonly iterations: number;
    readonly salt: string;
    readonly iv: string;
    /** With the authentication tag (16 bytes) behind it. */
    readonly ciphertext: string;
  };
}

export type CardFaultCode =
  | 'card_too_large'
  | 'card_unreadable'
  | 'card_other_version'
  | 'card_other_use'
  | 'pin_form'
  | 'pin_wrong'
  | 'card_damaged'
  | 'crypto_missing';

/** Why a card file did not come to a signature. All of it happens in the browser; nothing was sent. */
export class CardFault extends Error {
  override readonly name = 'CardFault';
  readonly code: CardFaultCode;
  constructor(code: CardFaultCode) {
    super(code);
    this.code = code;
  }
}

const MAX_ITERATIONS = 2_000_000;
const MAX_HOLDER_LENGTH = 80;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * Reads a chosen file, which must be a card for this use. Faults: card_too_large, card_unreadable (no card file at all),
 * card_other_version, card_other_use.
 */
export async function readCardFile<U extends 'auth' | 'sign' = 'auth'>(
  file: Blob,
  use?: U,
): Promise<U extends 'sign' ? SigningCardFile : AuthCardFile>;
export async function readCardFile(file: Blob, use: 'auth' | 'sign' = 'auth'): Promise<CardFile> {
  if (file.size > LIMITS.cardFileMaxBytes) throw new CardFault('card_too_large');
  let content: unknown;
  try {
    content = JSON.parse(await file.text());
  } catch {
    throw new CardFault('card_unreadable');
  }
  if (!isRecord(content) || content.format !== 'koshu-test-card') throw new CardFault('card_unreadable');
  const isForSigning = content.version === 2 && content.use === 'sign';
  if (content.version !== 1 && !isForSigning) throw new CardFault('card_other_version');
  if (isForSigning !== (use === 'sign')) throw new CardFault('card_other_use');
  if (!isCardFile(content)) throw new CardFault('card_unreadable');
  return content;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isBase64(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && BASE64.test(value);
}

function isCardFile(content: Record<string, unknown>): content is Record<string, unknown> & CardFile {
  const { holder, algorithm, certificate, sealedKey } = content;
  return (
    typeof holder === 'string' &&
    holder.length <= MAX_HOLDER_LENGTH &&
    (algorithm === 'rsa-sha256' || algorithm === 'ecdsa-p384-sha384') &&
    isBase64(certificate) &&
    isRecord(sealedKey) &&
    Number.isInteger(sealedKey.iterations) &&
    Number(sealedKey.iterations) > 0 &&
    Number(sealedKey.iterations) <= MAX_ITERATIONS &&
    isBase64(sealedKey.salt) &&
    isBase64(sealedKey.iv) &&
    isBase64(sealedKey.ciphertext)
  );
}
