import { Algorithms, Headers, ProtectedHeaders, Sign1, UnprotectedHeaders } from '@auth0/cose';
import { describe, expect, it } from 'vitest';
import { CLAIMS, makeProofSigner } from '../../../tests/support/test-proof.ts';
import { decodeBase45, encodeBase45 } from './base45.ts';
import { decodeClaims, encodeClaims } from './claims.ts';
import { makeProof, PROOF_PREFIX, verifyProof } from './proof.ts';

const { key, sign, publicKey, privateKey } = await makeProofSigner('1');
const id = new TextEncoder().encode('1');

describe('a COSE implementation that is not ours', () => {
  it('reads and verifies our proofs', async () => {
    const text = await makeProof(CLAIMS, { keyId: '1', sign });
    const sign1 = Sign1.decode(decodeBase45(text.slice(PROOF_PREFIX.length))!);
    expect(sign1.alg).toBe(Algorithms.ES256);
    expect(Uint8Array.from(sign1.kid!)).toEqual(id);
    await sign1.verify(publicKey);
    expect(decodeClaims(sign1.payload)).toEqual(CLAIMS);
  });

  it('writes proofs that we read and verify', async () => {
    const sign1 = await Sign1.sign(
      new ProtectedHeaders([
        [Headers.Algorithm, Algorithms.ES256],
        [Headers.KeyID, id],
      ]),
      new UnprotectedHeaders([]),
      encodeClaims(CLAIMS),
      privateKey,
    );
    const text = PROOF_PREFIX + encodeBase45(Uint8Array.from(sign1.encode()));
    const found = await verifyProof(text, {
      keys: [key],
      revoked: new Set(),
      now: new Date('2026-12-01T00:00:00Z'),
    });
    expect(found).toEqual({ kind: 'valid', claims: CLAIMS, keyId: '1' });
  });
});
