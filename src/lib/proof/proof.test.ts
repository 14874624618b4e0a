import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encode as encodeQr } from 'uqr';
import { COMMISSIONS } from '#lib/domain/people/commissions.ts';
import { makeRecordNumber, RECORD_NUMBERS_PER_YEAR } from '#lib/domain/records/record-number.ts';
import { addDays } from '#lib/domain/renewal/calendar.ts';
import { CLAIMS, makeProofSigner } from '../../../tests/support/test-proof.ts';
import { personCheck } from './person-check.ts';
import { makeProof, verifyProof } from './proof.ts';

const now = new Date('2026-11-23T03:00:00Z');
const [ours, older] = await Promise.all([makeProofSigner('2026a'), makeProofSigner('1')]);
const text = await makeProof(CLAIMS, ours);

const check = (proof: string, changes: Partial<Parameters<typeof verifyProof>[1]> = {}) =>
  verifyProof(proof, { keys: [ours.key, older.key], revoked: new Set(), now, ...changes });

describe('the proof of a record', () => {
  it('says what was signed, and by which key', async () => {
    expect(await check(text)).toEqual({ kind: 'valid', claims: CLAIMS, keyId: '2026a' });
  });

  it('stays good under a former key', async () => {
    expect(await check(await makeProof(CLAIMS, older))).toMatchObject({ kind: 'valid', keyId: '1' });
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
      { ...CLAIMS, commissionCode, editionNumber: 65_535 },
      { ...ours, keyId: 'a-key-of-2026' },
    );
    for (const proof of [text, longest]) {
      expect(encodeQr(proof, { ecc: 'M' }).version).toBeGreaterThanOrEqual(8);
      expect(encodeQr(proof, { ecc: 'M' }).version).toBeLessThanOrEqual(9);
    }
  });

  it('holds neither name nor licence number, and matches the licence number of its person alone', async () => {
    const mine = await personCheck(CLAIMS.recordNumber, '990000000099');
    expect(mine).toHaveLength(3);
    expect(await personCheck(CLAIMS.recordNumber, '990000000099')).toEqual(mine);
    expect(await personCheck(CLAIMS.recordNumber, '990000000098')).not.toEqual(mine);
    expect(await personCheck(makeRecordNumber(2026, 1), '990000000099')).not.toEqual(mine);
  });

  it('ends with its renewal period in Japan, and with its revocation', async () => {
    const lastMinute = new Date('2027-01-04T14:59:59Z');
    expect(await check(text, { now: lastMinute })).toMatchObject({ kind: 'valid' });
    const over = await check(text, { now: new Date('2027-01-04T15:00:00Z') });
    expect(over).toEqual({ kind: 'invalid', reason: 'expired', claims: CLAIMS });
    const revoked = await check(text, { revoked: new Set([CLAIMS.recordNumber]) });
    expect(revoked).toEqual({ kind: 'invalid', reason: 'revoked', claims: CLAIMS });
  });
});
