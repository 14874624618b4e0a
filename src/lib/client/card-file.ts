import { LIMITS } from '#lib/domain/limits.ts';

/**
 * A test card as a file (JSON, version 1): an authentication certificate in the open, and its private key (PKCS#8) under AES-256-GCM with
 * a key that PBKDF2-SHA-256 derives from the PIN of four digits. All bytes are base64.
 */
export interface CardFile {
  readonly format: 'koshu-test-card';
  readonly version: 1;
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

/** Reads a chosen file. Faults: card_too_large, card_unreadable (no card file at all), card_other_version. */
export async function readCardFile(file: Blob): Promise<CardFile> {
  if (file.size > LIMITS.cardFileMaxBytes) throw new CardFault('card_too_large');
  let content: unknown;
  try {
    content = JSON.parse(await file.text());
  } catch {
    throw new CardFault('card_unreadable');
  }
  if (!isRecord(content) || content.format !== 'koshu-test-card') throw new CardFault('card_unreadable');
  if (content.version !== 1) throw new CardFault('card_other_version');
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
