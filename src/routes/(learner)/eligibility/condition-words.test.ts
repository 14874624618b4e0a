import { describe, expect, it } from 'vitest';
import { assessEligibility } from '#lib/domain/renewal/eligibility.ts';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import { namedPeople } from '../../../../scripts/named-people.ts';
import { conditionWords } from './condition-words.ts';

const TODAY = '2026-11-24';
const drivers = namedPeople(TODAY).flatMap(({ id, register }) => (register ? [{ id, register }] : []));

describe.each(['ja', 'en'] as const)('the words of every condition in %s', (locale) => {
  it.each(drivers)(
    'are there for $id: what has to be, and where it fails why and what to do',
    ({ register }) => {
      overwriteGetLocale(() => locale);
      for (const condition of assessEligibility(register, TODAY, 'valid', new Set()).conditions) {
        const { title, why, advice } = conditionWords(condition);
        expect(title).not.toBe('');
        expect(`${title}${why}${advice.join('')}`).not.toMatch(/undefined|null|NaN|\{/);
        if (condition.holds) continue;
        expect(why).not.toBe('');
        expect(advice.every((line) => line !== '') && advice.length > 0).toBe(true);
      }
    },
  );

  it('tell the birthday of a renewal before the online lecture began, and a certificate that has lapsed', () => {
    overwriteGetLocale(() => locale);
    const [hanako] = drivers;
    if (!hanako) throw new Error('nobody is there');
    const early = { ...hanako.register, birthDate: '1985-03-23', expiryDate: '2025-04-23' };
    const failing = assessEligibility(early, TODAY, 'revoked', new Set()).conditions.filter(
      ({ holds }) => !holds,
    );
    expect(failing.map((condition) => condition.id)).toEqual(['E2', 'E3', 'E6']);
    for (const condition of failing) expect(conditionWords(condition).why).not.toBe('');
  });
});
