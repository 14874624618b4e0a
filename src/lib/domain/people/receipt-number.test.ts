import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatReceiptNumber,
  makeReceiptNumber,
  readReceiptNumber,
  RECEIPT_NUMBERS,
} from './receipt-number.ts';

const drawn = fc.integer({ min: 0, max: RECEIPT_NUMBERS - 1 });

describe('a receipt number', () => {
  it('is read as it was given', () => {
    fc.assert(
      fc.property(drawn, (draw) => {
        const number = makeReceiptNumber(draw);
        expect(number).toMatch(/^L\d{8}$/);
        expect(readReceiptNumber(formatReceiptNumber(number))).toBe(number);
      }),
    );
  });

  it('is read as people type it', () => {
    const number = makeReceiptNumber(1234567);
    for (const typed of [
      number.slice(1),
      ` ${number.toLowerCase()} `,
      'Ｌ１２３４ー５６７' + number.slice(8),
    ])
      expect(readReceiptNumber(typed)).toBe(number);
  });

  it('with one wrong digit, or two that changed places, is none', () => {
    fc.assert(
      fc.property(
        drawn,
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 9 }),
        (draw, place, more) => {
          const number = makeReceiptNumber(draw);
          const wrong = (Number(number[place]) + more) % 10;
          expect(readReceiptNumber(number.slice(0, place) + wrong + number.slice(place + 1))).toBeUndefined();
        },
      ),
    );
  });

  it.each(['', 'L', 'L1', 'K12345678', 'L123456789', 'L1234567x', '\u0000'])('is not %j', (text) => {
    expect(readReceiptNumber(text)).toBeUndefined();
  });

  it('is drawn from the range that there is', () => {
    for (const draw of [-1, 0.5, RECEIPT_NUMBERS]) expect(() => makeReceiptNumber(draw)).toThrow(RangeError);
  });
});
