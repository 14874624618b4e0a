import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../refusal.ts';
import {
  formatRecordNumber,
  looksLikeRecordNumber,
  makeRecordNumber,
  parseRecordNumber,
  RECORD_NUMBERS_PER_YEAR,
} from './record-number.ts';

const numbers = fc
  .record({
    year: fc.integer({ min: 2025, max: 2099 }),
    drawn: fc.integer({ min: 0, max: RECORD_NUMBERS_PER_YEAR - 1 }),
  })
  .map(({ year, drawn }) => makeRecordNumber(year, drawn));

const toFullWidth = (text: string) =>
  [...text].map((c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).join('');

describe('a record number', () => {
  it('is K, the year, eight digits and a check digit, shown in groups', () => {
    expect(makeRecordNumber(2026, 12_345_678)).toMatch(/^K2612345678\d$/);
    expect(formatRecordNumber(makeRecordNumber(2026, 12_345_678))).toMatch(/^K26-1234-5678-\d$/);
    expect(makeRecordNumber(2026, 0)).toMatch(/^K2600000000\d$/);
  });

  it('has the check digit of the published example: 572 ends with 4', () => {
    // Leading zeros do not move Damm's digit; only digits 000000057 2 stand before it here.
    expect(makeRecordNumber(2000, 572)).toBe('K00000005724');
  });

  it('is read back from its groups, in small letters, full width, with long dashes, and without the K', () => {
    fc.assert(
      fc.property(numbers, (number) => {
        const shown = formatRecordNumber(number);
        expect(parseRecordNumber(shown)).toBe(number);
        expect(parseRecordNumber(` ${shown.toLowerCase().replaceAll('-', '‐')} `)).toBe(number);
        expect(parseRecordNumber([...toFullWidth(number)].join('ー'))).toBe(number);
        expect(parseRecordNumber(number.slice(1))).toBe(number);
        expect(looksLikeRecordNumber(shown)).toBe(true);
        expect(looksLikeRecordNumber(toFullWidth(number.slice(1)))).toBe(true);
      }),
    );
  });

  it('is refused when one digit is wrong', () => {
    fc.assert(
      fc.property(
        numbers,
        fc.integer({ min: 1, max: 11 }),
        fc.integer({ min: 1, max: 9 }),
        (number, at, shift) => {
          const wrong = String((Number(number[at]) + shift) % 10);
          expect(() => parseRecordNumber(number.slice(0, at) + wrong + number.slice(at + 1))).toThrow(
            Refusal,
          );
        },
      ),
    );
  });

  it('is refused when two neighbours have changed places', () => {
    fc.assert(
      fc.property(numbers, fc.integer({ min: 1, max: 10 }), (number, at) => {
        fc.pre(number[at] !== number[at + 1]);
        const swapped = number.slice(0, at) + number[at + 1]! + number[at]! + number.slice(at + 2);
        expect(() => parseRecordNumber(swapped)).toThrow(Refusal);
      }),
    );
  });

  it.each(['', 'K', '123456789012', 'K26123456789', '💥', 'K'.repeat(10_000)])(
    'is refused when it is none: %#',
    (text) => {
      expect(() => parseRecordNumber(text)).toThrow(Refusal);
    },
  );

  it('is never taken for a licence number, nor the other way round', () => {
    expect(looksLikeRecordNumber('990000000001')).toBe(false);
    expect(looksLikeRecordNumber('山田花子')).toBe(false);
  });

  it('does not exist for a draw outside the year', () => {
    expect(() => makeRecordNumber(2026, RECORD_NUMBERS_PER_YEAR)).toThrow(RangeError);
    expect(() => makeRecordNumber(2026, -1)).toThrow(RangeError);
    expect(() => makeRecordNumber(2026, 1.5)).toThrow(RangeError);
  });
});
