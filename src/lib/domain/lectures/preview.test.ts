import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseForPreview, countsAsCheck } from './preview.ts';

const unchecked = { writtenBy: 'mari', checkedBy: null };

describe('an answer in the preview', () => {
  it('checks a question when it is right and somebody else’s', () => {
    expect(countsAsCheck(unchecked, { officerId: 'keiko', isRight: true })).toBe(true);
    expect(countsAsCheck(unchecked, { officerId: 'keiko', isRight: false })).toBe(false);
    expect(countsAsCheck(unchecked, { officerId: 'mari', isRight: true })).toBe(false);
  });

  it('checks a question of which nobody knows who wrote it', () => {
    expect(countsAsCheck({ writtenBy: null, checkedBy: null }, { officerId: 'mari', isRight: true })).toBe(
      true,
    );
  });

  it('leaves the one who checked it first', () => {
    expect(countsAsCheck({ ...unchecked, checkedBy: 'keiko' }, { officerId: 'jiro', isRight: true })).toBe(
      false,
    );
  });
});

describe('the question that a preview shows', () => {
  const officer = fc.constantFrom('mari', 'keiko', 'jiro');
  const question = fc.record({
    writtenBy: fc.option(officer),
    checkedBy: fc.option(officer),
  });

  it('is one that can still be checked by whoever looks, as long as there is one', () => {
    fc.assert(
      fc.property(fc.array(question, { minLength: 1 }), officer, fc.nat(), (bank, officerId, random) => {
        const chosen = chooseForPreview(bank, officerId, (count) => random % count);
        const helps = (one: (typeof bank)[number]) => countsAsCheck(one, { officerId, isRight: true });
        expect(bank).toContain(chosen);
        expect(helps(chosen!)).toBe(bank.some(helps));
      }),
    );
  });

  it('is none of an empty bank', () => {
    expect(chooseForPreview([], 'mari', () => 0)).toBeUndefined();
  });
});
