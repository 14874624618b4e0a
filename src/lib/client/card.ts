import { CardFault, type CardFile } from './card-file.ts';

export interface CardSignature {
  /** DER in base64. */
  readonly certificate: string;
  /** base64; of ECDSA r and s of 48 bytes each. */
  readonly signature: string;
}

const SIGNING = {
  'rsa-sha256': { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  'ecdsa-p384-sha384': { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' },
} as const;

/** By version: the PIN of an authentication certificate, the password of a signing certificate. */
const SECRET = { 1: /^\d{4}$/, 2: /^[A-Z0-9]{6,16}$/ } as const;

/** Whether this page can sign: browsers offer WebCrypto over https and on localhost only. */
export function canSign(): boolean {
  return globalThis.isSecureContext && globalThis.crypto?.subtle !== undefined;
}

/**
 * Opens the card with its PIN or password and signs the text with its key (UTF-8). Faults: crypto_missing, pin_form (not in the form that this
 * kind of card has), pin_wrong, card_damaged (it opened, the key inside is none). Neither secret nor key leaves the browser.
 */
export async function signWithCard(card: CardFile, pin: string, text: string): Promise<CardSignature> {
  if (!canSign()) throw new CardFault('crypto_missing');
  if (!SECRET[card.version].test(pin)) throw new CardFault('pin_form');
  const pkcs8 = await unseal(card.sealedKey, pin);
  const algorithm = SIGNING[card.algorithm];
  let signature: ArrayBuffer;
  try {
    const key = await crypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign']);
    signature = await crypto.subtle.sign(algorithm, key, new TextEncoder().encode(text));
  } catch {
    throw new CardFault('card_damaged');
  }
  return { certificate: card.certificate, signature: toBase64(new Uint8Array(signature)) };
}

async function unseal(sealed: CardFile['sealedKey'], pin: string): Promise<ArrayBuffer> {
  const secret = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, [
    'deriveKey',
  ]);
  const derivation = {
    name: 'PBKDF2',
    hash: 'SHA-256',
    salt: fromBase64(sealed.salt),
    iterations: sealed.iterations,
  };
  const key = await crypto.subtle.deriveKey(derivation, secret, { name: 'AES-GCM', length: 256 }, false, [
    'decrypt',
  ]);
  try {
    const parameters = { name: 'AES-GCM', iv: fromBase64(sealed.iv) };
    return await crypto.subtle.decrypt(parameters, key, fromBase64(sealed.ciphertext));
  } catch {
    throw new CardFault('pin_wrong');
  }
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
