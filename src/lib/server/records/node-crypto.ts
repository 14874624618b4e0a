import { createPublicKey, hash, verify, type KeyObject } from 'node:crypto';
import type { ProofCrypto, ProofKey } from '#lib/proof/proof-crypto.ts';

/** r and s, 32 bytes each (RFC 9053 §2.1). */
export const COSE_SIGNATURE = 'ieee-p1363';

/** Node's own, in this thread: an officer waits for it, and going to another thread and back takes longer than the signature. */
export const nodeCrypto: ProofCrypto = {
  isSigned: (key, bytes, signature) =>
    verify('sha256', bytes, { key: imported(key), dsaEncoding: COSE_SIGNATURE }, signature),
  sha256: (bytes) => Uint8Array.from(hash('sha256', bytes, 'buffer')),
};

/** As OpenSSL has it, for as long as somebody keeps the key. */
const importedKeys = new WeakMap<ProofKey, KeyObject>();

function imported(key: ProofKey): KeyObject {
  const known = importedKeys.get(key);
  if (known) return known;
  const { kty, crv, x, y } = key;
  const importing = createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' });
  importedKeys.set(key, importing);
  return importing;
}
