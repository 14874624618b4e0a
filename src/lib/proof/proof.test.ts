import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { encode as encodeQr } from 'uqr';
import { COMMISSIONS } from '#lib/domain/people/commissions.ts';
import { makeRecordNumber, RECORD_NUMBERS_PER_YEAR } from '#lib/domain/records/record-number.ts';
import { addDays } from '#lib/domain/renewal/calendar.ts';
import { decodeBase45, encodeBase45 } from './base45.ts';
import { encodeClaims, type ProofClaims } from './claims.ts';
import { bytesToSign, encodeCbor, encodeSign1, type Bytes } from './cose-sign1.ts';
import { personCheck } from './person-check.ts';
import { makeProof, PROOF_PREFIX, verifyProof, type ProofKey } from './proof.ts';

const ES256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

async function makeSigner(keyId: string) {
  const pair = await crypto.subtle.generateKey(ES256, true, ['sign', 'verify']);
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  const key: ProofKey = { kid: keyId, kty: 'EC', crv: 'P-256', x, y };
  const sign = async (bytes: Bytes) =>
    new Uint8Array(await crypto.subtle.sign(ES256, pair.privateKey, bytes));
  return { keyId, key, sign };
}

const claims: ProofClaims = {
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
const now = new Date('2026-11-23T03:00:00Z');
let ours: Awaited<ReturnType<typeof makeSigner>>;
let older: Awaited<ReturnType<typeof makeSigner>>;
let text: string;

beforeAll(async () => {
  [ours, older] = await Promise.all([makeSigner('2026a'), makeSigner('1')]);
  text = await makeProof(claims, ours);
});

const check = (proof: string, changes: Partial<Parameters<typeof verifyProof>[1]> = {}) =>
  verifyProof(proof, { keys: [ours.key, older.key], revoked: new Set(), now, ...changes });
const written = (bytes: Uint8Array) => PROOF_PREFIX + encodeBase45(bytes);
const bytesOf = (proof: string) => decodeBase45(proof.slice(PROOF_PREFIX.length))!;
const malformed = { kind: 'invalid', reason: 'malformed' };

describe('the proof of a record', () => {
  it('says what was signed, and by which key', async () => {
    expect(await check(text)).toEqual({ kind: 'valid', claims, keyId: '2026a' });
  });

  it('stays good under a former key', async () => {
    expect(await check(await makeProof(claims, older))).toMatchObject({ kind: 'valid', keyId: '1' });
  });

  it('reads back every record that there can be', async () => {
    const days = fc.integer({ min: 0, max: 60_000 }).map((day) => addDays('1970-01-01', day));
    const record = fc.record({
      recordNumber: fc
        .tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: RECORD_NUMBERS_PER_YEAR - 1 }))
        .map(([year, drawn]) => makeRecordNumber(year, drawn)),
      lectureClass: fc.constantFrom('excellent', 'general'),
      periodStart: days,
      periodEnd: days,
      issuedAt: fc.integer({ min: 0, max: 5_000_000_000 }).map((second) => new Date(second * 1_000)),
      editionNumber: fc.integer({ min: 1, max: 100_000 }),
      commissionCode: fc.constantFrom(...COMMISSIONS.map(({ code }) => code)),
      attendanceId: fc.uuid(),
      personCheck: fc.uint8Array({ minLength: 3, maxLength: 3 }).map((bytes) => Uint8Array.from(bytes)),
    });
    await fc.assert(
      fc.asyncProperty(record, async (made) => {
        const finding = await check(await makeProof(made, ours), { now: new Date(0) });
        expect(finding).toEqual({ kind: 'valid', claims: made, keyId: '2026a' });
      }),
    );
  });

  it('fits a QR code of version 9 or less, whatever the commission and the key are called', async () => {
    const commissionCode = COMMISSIONS.map(({ code }) => code).reduce((a, b) =>
      b.length > a.length ? b : a,
    );
    const longest = await makeProof(
      { ...claims, commissionCode, editionNumber: 65_535 },
      { ...ours, keyId: 'a-key-of-2026' },
    );
    for (const proof of [text, longest]) {
      expect(encodeQr(proof, { ecc: 'M' }).version).toBeGreaterThanOrEqual(8);
      expect(encodeQr(proof, { ecc: 'M' }).version).toBeLessThanOrEqual(9);
    }
  });

  it('holds neither name nor licence number, and matches the licence number of its person alone', async () => {
    const mine = await personCheck(claims.recordNumber, '990000000099');
    expect(mine).toHaveLength(3);
    expect(await personCheck(claims.recordNumber, '990000000099')).toEqual(mine);
    expect(await personCheck(claims.recordNumber, '990000000098')).not.toEqual(mine);
    expect(await personCheck(makeRecordNumber(2026, 1), '990000000099')).not.toEqual(mine);
  });

  it('ends with its renewal period in Japan, and with its revocation', async () => {
    const lastMinute = new Date('2027-01-04T14:59:59Z');
    expect(await check(text, { now: lastMinute })).toMatchObject({ kind: 'valid' });
    const over = await check(text, { now: new Date('2027-01-04T15:00:00Z') });
    expect(over).toEqual({ kind: 'invalid', reason: 'expired', claims });
    const revoked = await check(text, { revoked: new Set([claims.recordNumber]) });
    expect(revoked).toEqual({ kind: 'invalid', reason: 'revoked', claims });
  });
});

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
    const foreign = await makeSigner('theirs');
    expect(await check(await makeProof(claims, foreign))).toEqual({ kind: 'invalid', reason: 'unknownKey' });
    expect(await check(await makeProof(claims, { ...foreign, keyId: '2026a' }))).toEqual({
      kind: 'invalid',
      reason: 'tampered',
    });
    expect(await check(text, { keys: [] })).toEqual({ kind: 'invalid', reason: 'unknownKey' });
  });

  it('is tampered with when a signature is put under other claims, even of the same key', async () => {
    const payload = encodeClaims({ ...claims, lectureClass: 'general' });
    const bytes = bytesOf(text);
    const signature = bytes.slice(-64);
    const forged = written(encodeSign1({ keyId: '2026a', payload, signature }));
    expect(await check(forged)).toEqual({ kind: 'invalid', reason: 'tampered' });
    const zero = written(encodeSign1({ keyId: '2026a', payload, signature: new Uint8Array(64) }));
    expect(await check(zero)).toEqual({ kind: 'invalid', reason: 'tampered' });
  });

  it('is malformed although it is signed, when it says the same in another form or more than we say', async () => {
    const payload = encodeClaims(claims);
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
    const { decodeCbor } = await import('./cose-sign1.ts');
    const right = decodeCbor(encodeClaims(claims)) as Map<number, unknown>;
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
