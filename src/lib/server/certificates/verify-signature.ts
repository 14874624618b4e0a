import { verify } from 'node:crypto';
import { Refusal } from '#lib/domain/refusal.ts';
import { DIGEST } from './algorithms.ts';
import type { VerifiedCertificate } from './verify-certificate.ts';

/**
 * Checks that the holder of the card signed exactly these bytes: RSASSA-PKCS1-v1_5 with SHA-256 (the only padding that cards offer), or
 * ECDSA P-384 with SHA-384 as r and s of 48 bytes each (IEEE P1363). Refuses with signature_invalid.
 */
export function verifySignature(
  { keyAlgorithm, publicKey }: VerifiedCertificate,
  signed: Buffer,
  signature: Buffer,
): void {
  // A key that its certificate calls rsaEncryption is used with PKCS1-v1_5 unless one says otherwise; to say so costs as much as half a check.
  const key =
    keyAlgorithm === 'rsa-sha256' ? publicKey : { key: publicKey, dsaEncoding: 'ieee-p1363' as const };
  if (!verify(DIGEST[keyAlgorithm], signed, key, signature)) throw new Refusal('signature_invalid');
}
