import { Algorithms, Headers, ProtectedHeaders, Sign1, UnprotectedHeaders } from '@auth0/cose';
import { describe, expect, it } from 'vitest';
import { makeRecordNumber } from '#lib/domain/records/record-number.ts';
import { decodeBase45, encodeBase45 } from './base45.ts';
import { decodeClaims, encodeClaims, type ProofClaims } from './claims.ts';
import { makeProof, PROOF_PREFIX, verifyProof, type ProofKey } from './proof.ts';

const ES256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const pair = await crypto.subtle.generateKey(ES256, true, ['sign', 'verify']);
const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey);
const key: ProofKey = { kid: '1', kty: 'EC', crv: 'P-256', x, y };
const id = new TextEncoder().encode('1');
const claims: ProofClaims = {
  recordNumber: makeRecordNumber(2026, 12_345_678),
  lectureClass: 'general',
  periodStart: '2026-11-01',
  periodEnd: '2027-01-04',
  issuedAt: new Date('2026-11-22T03:00:00Z'),
  editionNumber: 1,
  commissionCode: 'tokyo',
  attendanceId: '0b1c6a52-6f60-4a9e-9c1e-1d3c8a1b2c3d',
  personCheck: Uint8Array.of(9, 8, 7),
};

describe('a COSE implementation that is not ours', () => {
  it('reads and verifies our proofs', async () => {
    const sign = async (bytes: Uint8Array<ArrayBuffer>) =>
      new Uint8Array(await crypto.subtle.sign(ES256, pair.privateKey, bytes));
    const text = await makeProof(claims, { keyId: '1', sign });
    const sign1 = Sign1.decode(decodeBase45(text.slice(PROOF_PREFIX.length))!);
    expect(sign1.alg).toBe(Algorithms.ES256);
    expect(Uint8Array.from(sign1.kid!)).toEqual(id);
    await sign1.verify(pair.publicKey);
    expect(decodeClaims(sign1.payload)).toEqual(claims);
  });

  it('writes proofs that we read and verify', async () => {
    const sign1 = await Sign1.sign(
      new ProtectedHeaders([
        [Headers.Algorithm, Algorithms.ES256],
        [Headers.KeyID, id],
      ]),
      new UnprotectedHeaders([]),
      encodeClaims(claims),
      pair.privateKey,
    );
    const text = PROOF_PREFIX + encodeBase45(Uint8Array.from(sign1.encode()));
    const found = await verifyProof(text, {
      keys: [key],
      revoked: new Set(),
      now: new Date('2026-12-01T00:00:00Z'),
    });
    expect(found).toEqual({ kind: 'valid', claims, keyId: '1' });
  });
});
