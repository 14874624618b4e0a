import { describe, expect, it } from 'vitest';
import { selfCheck, type Declared } from '#lib/domain/renewal/self-check.ts';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import { alternativeWords, askedWords, optionWords, outlookWords } from './check-words.ts';

const TODAY = '2026-11-24';
const WELL: Declared = {
  birthDate: '1985-12-10',
  lectureClass: 'general',
  holdingType: 'both',
  link: 'done',
  expiryDate: null,
};
const cases: [string, Partial<Declared>][] = [
  ['now', {}],
  ['ifClass', { lectureClass: 'unknown' }],
  ['later', { birthDate: '1985-03-10' }],
  ['prepare', { holdingType: 'cardOnly', link: 'none' }],
  ['prepare', { link: 'none' }],
  ['prepare', { link: 'submitted' }],
  ['inPerson', { lectureClass: 'violation', link: 'none' }],
  ['inPerson', { lectureClass: 'firstRenewal' }],
  ['senior', { birthDate: '1950-12-10' }],
  ['over', { expiryDate: '2026-01-10' }],
];

describe.each(['ja', 'en'] as const)('the words of the check in %s', (locale) => {
  it.each(cases)(
    'are there for %s, %j: what comes of it, why, and what can still be done',
    (outlook, facts) => {
      overwriteGetLocale(() => locale);
      const answer = selfCheck({ ...WELL, ...facts }, TODAY, new Set());
      expect(answer.outlook).toBe(outlook);
      const { title, lead } = outlookWords(answer);
      const options = optionWords(answer);
      expect(options.length).toBeGreaterThan(0);
      const failing = answer.conditions.filter(({ holds }) => !holds).map(askedWords);
      const said = [title, lead, ...options, alternativeWords(answer) ?? '-'];
      for (const words of [...said, ...failing.flatMap((condition) => [condition.title, condition.why])]) {
        expect(words).not.toBe('');
        expect(words).not.toMatch(/undefined|null|NaN|\{/);
      }
    },
  );

  it('tell who has to have the card recorded to go there first, and offer the lecture in person beside it', () => {
    overwriteGetLocale(() => locale);
    const answer = selfCheck({ ...WELL, holdingType: 'cardOnly', link: 'none' }, TODAY, new Set());
    expect(optionWords(answer)).toHaveLength(3);
    expect(alternativeWords(answer)).not.toBeNull();
  });
});
