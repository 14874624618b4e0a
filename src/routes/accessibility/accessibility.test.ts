import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import byHand from './by-hand.json' with { type: 'json' };
import { criterionWords } from './criterion-words.ts';
import results from './results.json' with { type: 'json' };

const root = path.join(import.meta.dirname, '../../..');
const DAY = /^\d{4}-\d{2}-\d{2}$/;

describe('the accessibility statement', () => {
  it('tells nothing, or the results of a day on which the tests looked at both sizes of screen and found nothing', () => {
    if (results.phone.length === 0) return expect(results.pc).toEqual([]);
    expect(results.testedOn).toMatch(DAY);
    expect(results.violations).toBe(0);
    for (const states of [results.phone, results.pc] as string[][]) {
      expect(states.length).toBeGreaterThan(50);
      expect(new Set(states).size).toBe(states.length);
      for (const page of ['home', 'eligibility', 'watch', 'question', 'photo', 'survey', 'record'])
        expect(
          states.some((state) => state.startsWith(page)),
          page,
        ).toBe(true);
    }
  });

  it('says of each criterion of WCAG 2.2 that is checked by hand when, and which test keeps it so', () => {
    for (const { criterion, checkedOn, test } of byHand) {
      expect(criterionWords(criterion)).not.toBe('');
      expect(checkedOn).toMatch(DAY);
      expect(existsSync(path.join(root, test)), test).toBe(true);
    }
  });
});
