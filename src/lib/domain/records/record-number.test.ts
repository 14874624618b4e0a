import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../refusal.ts';
import { formatRecordNumber, makeRecordNumber, parseRecordNumber, RECORD_NUMBERS_PER_YEAR } from './record-number.ts';

const numbers = fc
  .record({ year: fc.integer({ min: 2025, max: 2099 }), drawn: fc.integer({ min: 0, max: RECORD_NUMBERS_PER_YEAR - 1 }) })
  .map(({ year, drawn }) => makeRecordNumber(year, drawn));

describe('a record number', () => {
  it('is read back from its groups, in small letters, full width and with long dashes', () => {
    fc.assert(
      fc.property(numbers, (number) => {
        const shown = formatRecordNumber(number);
        expect(parseRecordNumber(shown)).toBe(number);
        expect(parseRecordNumber(` ${shown.toLowerCase().replaceAll('-', '‐')} `)).toBe(number);
        const fullWidth = [...number].map((c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).join('ー');
        expect(parseRecordNumber(fullWidth)).toBe(number);
      }),
    );
  });

  it('is refused when one character is wrong', () => {
    fc.assert(
      fc.property(numbers, fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 9 }), (number, at, shift) => {
        const wrong = String((Number(number[at]) + shift) % 10);
        expect(() => parseRecordNumber(number.slice(0, at) + wrong + number.slice(at + 1))).toThrow(Refusal);
      }),
    );
  });

  it('is refused when two neighbours have changed places', () => {
    fc.assert(
      fc.property(numbers, fc.integer({ min: 1, max: 9 }), (number, at) => {
        fc.pre(number[at] !== number[at + 1]);
        const swapped = number.slice(0, at) + number[at + 1]! + number[at]! + number.slice(at + 2);
        expect(() => parseRecordNumber(swapped)).toThrow(Refusal);
      }),
    );
  });

  it.each(['', 'K', '123456789012', 'K26123456789', '💥', 'K'.repeat(10_000)])('is refused when it is none: %#', (text) => {
    expect(() => parseRecordNumber(text)).toThrow(Refusal);
  });

  it('does not exist for a draw outside the year', () => {
    expect(() => makeRecordNumber(2026, RECORD_NUMBERS_PER_YEAR)).toThrow(RangeError);
  });
});
