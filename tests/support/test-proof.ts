import { makeRecordNumber } from '#lib/domain/records/record-number.ts';
import type { ProofClaims } from '#lib/proof/claims.ts';
import type { Bytes } from '#lib/proof/cose-sign1.ts';
import type { ProofKey } from '#lib/proof/proof.ts';

const ES256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** A new key that signs proofs, and its public half. */
export async function makeProofSigner(keyId: string) {
  const { publicKey, privateKey } = await crypto.subtle.generateKey(ES256, true, ['sign', 'verify']);
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', publicKey);
  const key: ProofKey = { kid: keyId, kty: 'EC', crv: 'P-256', x, y };
  const sign = async (bytes: Bytes) => new Uint8Array(await crypto.subtle.sign(ES256, privateKey, bytes));
  return { keyId, key, sign, publicKey, privateKey };
}

export const CLAIMS: ProofClaims = {
  recordNumber: makeRecordNumber(2026, 12_345_678),
  lectureClass: 'excellent',
  periodStart: '2026-11-01',
  periodEnd: '2027-01-04',
  issuedAt: new Date('2026-11-22T03:00:00Z'),
  editionNumber: 3,
  commissionCode: 'kanagawa',
  attendanceId: '0b1c6a52-6f60-4a9e-9c1e-1d3c8a1b2c3d',
  personCheck: Uint8Array.of(1, 2, 3),
};
