import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLAIMS, makeProofSigner } from '../../../tests/support/test-proof.ts';
import { decodeBase45, encodeBase45 } from './base45.ts';
import { encodeClaims } from './claims.ts';
import { bytesToSign, decodeCbor, encodeCbor, encodeSign1 } from './cose-sign1.ts';
import { makeProof, PROOF_PREFIX, verifyProof } from './proof.ts';

const now = new Date('2026-11-23T03:00:00Z');
const ours = await makeProofSigner('2026a');
const text = await makeProof(CLAIMS, ours);

const check = (proof: string, changes: Partial<Parameters<typeof verifyProof>[1]> = {}) =>
  verifyProof(proof, { keys: [ours.key], revoked: new Set(), now, ...changes });
const written = (bytes: Uint8Array) => PROOF_PREFIX + encodeBase45(bytes);
const bytesOf = (proof: string) => decodeBase45(proof.slice(PROOF_PREFIX.length))!;
const malformed = { kind: 'invalid', reason: 'malformed' };

describe('a proof that somebody made or altered', () => {
  it('is refused for every bit that is changed', async () => {
    const bytes = bytesOf(text);
    const findings = Array.from(bytes, async (byte, at) =>
      Promise.all([1, 2, 4, 8, 16, 32, 64, 128].map((bit) => check(written(bytes.with(at, byte ^ bit))))),
    );
    const kinds = (await Promise.all(findings)).flat().map(({ kind }) => kind);
    expect(kinds).toHaveLength(bytes.length * 8);
    expect(new Set(kinds)).toEqual(new Set(['invalid']));
  });

  it('is refused for every character that is another, missing, doubled or swapped with the next', async () => {
    for (let at = 0; at < text.length; at += 1) {
      const [before, here, after] = [text.slice(0, at), text.charAt(at), text.slice(at + 1)];
      const next = after.charAt(0);
      const altered = [
        `${before}${here === 'A' ? 'B' : 'A'}${after}`,
        before + after,
        before + here + here + after,
      ];
      if (next !== here && next !== '') altered.push(before + next + here + after.slice(1));
      for (const proof of altered) expect(await check(proof), proof).toMatchObject({ kind: 'invalid' });
    }
  });

  it('is malformed when it is cut short anywhere', async () => {
    for (let length = 0; length < text.length; length += 1) {
      expect(await check(text.slice(0, length))).toEqual(malformed);
    }
  });

  it.each([
    ['bytes after the end', (proof: string) => written(Uint8Array.from([...bytesOf(proof), 0]))],
    ['no tag', (proof: string) => written(bytesOf(proof).slice(1))],
    ['another tag', (proof: string) => written(bytesOf(proof).with(0, 0xd1))],
    ['small letters', (proof: string) => proof.toLowerCase()],
    ['another prefix', (proof: string) => proof.replace('KOSHU1', 'KOSHU2')],
    ['no prefix', (proof: string) => proof.slice(PROOF_PREFIX.length)],
    ['a million characters', (proof: string) => proof.padEnd(1_000_000, '0')],
    ['words', () => `${PROOF_PREFIX}はい`],
    ['nothing', () => ''],
  ])('is malformed with %s', async (_, alter) => {
    expect(await check(alter(text))).toEqual(malformed);
  });

  it('is of an unknown key when another key signed it, and tampered with when that key borrows our name', async () => {
    const foreign = await makeProofSigner('theirs');
    expect(await check(await makeProof(CLAIMS, foreign))).toEqual({ kind: 'invalid', reason: 'unknownKey' });
    expect(await check(await makeProof(CLAIMS, { ...foreign, keyId: '2026a' }))).toEqual({
      kind: 'invalid',
      reason: 'tampered',
    });
    expect(await check(text, { keys: [] })).toEqual({ kind: 'invalid', reason: 'unknownKey' });
  });

  it('is tampered with when a signature is put under other claims, even of the same key', async () => {
    const payload = encodeClaims({ ...CLAIMS, lectureClass: 'general' });
    const bytes = bytesOf(text);
    const signature = bytes.slice(-64);
    const forged = written(encodeSign1({ keyId: '2026a', payload, signature }));
    expect(await check(forged)).toEqual({ kind: 'invalid', reason: 'tampered' });
    const zero = written(encodeSign1({ keyId: '2026a', payload, signature: new Uint8Array(64) }));
    expect(await check(zero)).toEqual({ kind: 'invalid', reason: 'tampered' });
  });

  it('is malformed although it is signed, when it says the same in another form or more than we say', async () => {
    const payload = encodeClaims(CLAIMS);
    const signature = await ours.sign(bytesToSign({ keyId: '2026a', payload }));
    const id = new TextEncoder().encode('2026a');
    const header = (fields: [number, unknown][]) => encodeCbor(new Map(fields));
    const right = header([
      [1, -7],
      [4, id],
    ]);
    const structure = (parts: unknown[]) => written(Uint8Array.from([0xd2, ...encodeCbor(parts)]));
    expect(await check(structure([right, new Map(), payload, signature]))).toMatchObject({ kind: 'valid' });
    for (const parts of [
      [
        header([
          [1, -8],
          [4, id],
        ]),
        new Map(),
        payload,
        signature,
      ],
      [
        header([
          [1, -35],
          [4, id],
        ]),
        new Map(),
        payload,
        signature,
      ],
      [header([[4, id]]), new Map([[1, -7]]), payload, signature],
      [header([[1, -7]]), new Map([[4, id]]), payload, signature],
      [
        header([
          [1, -7],
          [2, [99]],
          [4, id],
        ]),
        new Map(),
        payload,
        signature,
      ],
      [
        header([
          [1, -7],
          [4, '2026a'],
        ]),
        new Map(),
        payload,
        signature,
      ],
      [right, new Map([[4, id]]), payload, signature],
      [right, new Map(), null, signature],
      [right, new Map(), payload, signature.slice(1)],
      [right, new Map(), payload],
      [right, new Map(), payload, signature, 0],
      { 1: right },
    ]) {
      expect(await check(structure(parts as unknown[]))).toEqual(malformed);
    }
    // The array with its length in two bytes, and without a length (RFC 8949 §4.2.1 allows neither).
    const inner = bytesOf(text).slice(2);
    expect(await check(written(Uint8Array.from([0xd2, 0x98, 4, ...inner])))).toEqual(malformed);
    expect(await check(written(Uint8Array.from([0xd2, 0x9f, ...inner, 0xff])))).toEqual(malformed);
  });

  it.each<[string, unknown]>([
    ['a list', [1, 2, 3]],
    ['an empty map', new Map()],
    ['one claim more', 10],
    ['a record number with a wrong check digit', [1, 26_123_456_780]],
    ['a record number that is text', [1, 'K26123456789']],
    ['another class', [2, 3]],
    ['a class in a list', [2, [1]]],
    ['a day before the epoch', [3, -1]],
    ['a day that no calendar has', [4, 3_000_000_000]],
    ['half a second', [5, 1.5]],
    ['an edition 0', [6, 0]],
    ['a commission with a space', [7, 'kana gawa']],
    ['a short attendance', [8, new Uint8Array(15)]],
    ['a long check', [9, new Uint8Array(8)]],
  ])('is malformed although it is signed, with %s', async (_, claim) => {
    const right = decodeCbor(encodeClaims(CLAIMS)) as Map<number, unknown>;
    let value: unknown = claim;
    if (typeof claim === 'number') value = new Map([...right, [claim, 0]]);
    else if (Array.isArray(claim) && claim.length === 2)
      value = new Map([...right, claim as [number, unknown]]);
    const payload = encodeCbor(value);
    const signature = await ours.sign(bytesToSign({ keyId: '2026a', payload }));
    expect(await check(written(encodeSign1({ keyId: '2026a', payload, signature })))).toEqual(malformed);
  });

  it('never throws, whatever text it is', async () => {
    const letters = fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:');
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: letters, maxLength: 400 }), async (rest) => {
        expect(await check(PROOF_PREFIX + rest)).toEqual(malformed);
      }),
    );
  });
});
