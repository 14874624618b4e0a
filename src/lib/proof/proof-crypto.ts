import type { Bytes } from './cose-sign1.ts';

/** A public key that proofs are checked with (RFC 7517; ECDSA on P-256). */
export interface ProofKey {
  readonly kid: string;
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
}

/** What a proof needs of the platform: browsers and the server have it in different forms, and at different speeds. */
export interface ProofCrypto {
  /** Whether the 64 bytes r and s are this key's signature of the bytes (ES256, RFC 9053 §2.1). */
  isSigned(key: ProofKey, bytes: Bytes, signature: Bytes): boolean | Promise<boolean>;
  sha256(bytes: Bytes): Bytes | Promise<Bytes>;
}

const ALGORITHM = 'ECDSA';
const HASH = 'SHA-256';

/** WebCrypto's, which every platform has. */
export const webCrypto: ProofCrypto = {
  isSigned: async (key, bytes, signature) =>
    crypto.subtle.verify({ name: ALGORITHM, hash: HASH }, await imported(key), signature, bytes),
  sha256: async (bytes) => new Uint8Array(await crypto.subtle.digest(HASH, bytes)),
};

/** As the platform has it, for as long as somebody keeps the key. */
const importedKeys = new WeakMap<ProofKey, Promise<CryptoKey>>();

function imported(key: ProofKey): Promise<CryptoKey> {
  const known = importedKeys.get(key);
  if (known) return known;
  const { kty, crv, x, y } = key;
  const algorithm = { name: ALGORITHM, namedCurve: crv };
  const importing = crypto.subtle.importKey('jwk', { kty, crv, x, y }, algorithm, false, ['verify']);
  importedKeys.set(key, importing);
  return importing;
}
