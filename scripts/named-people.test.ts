import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OFFICES } from '#lib/domain/people/commissions.ts';
import { addDays } from '#lib/domain/renewal/calendar.ts';
import { assessEligibility, type ConditionId } from '#lib/domain/renewal/eligibility.ts';
import { HOLIDAYS } from '#lib/server/register/holidays.ts';
import { NAMED_OFFICERS, namedPeople, STORIES_HOLD_DAYS } from './named-people.ts';
import { LOOKS } from './seed/portraits.ts';

/** What keeps each from the online lecture, were the card good; nothing where the story says that he may take it. */
const STORIES: Record<string, ConditionId[]> = {
  hanako: [],
  ichiro: [],
  makoto: [],
  akiko: [],
  kenta: ['E1'],
  masao: ['E7', 'E1'],
  yumi: ['E4', 'E5'],
  shota: ['E5'],
  naoko: ['E2'],
  daisuke: ['notSuspended'],
  megumi: [],
  manabu: [],
  aoi: [],
  kaoru: [],
  minoru: [],
};

describe('the named people', () => {
  it('live their stories on any day, and for two weeks', () => {
    const anyDay = fc.integer({ min: 0, max: 8 * 365 + 2 }).map((days) => addDays('2026-06-01', days));
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: STORIES_HOLD_DAYS }), (told, days) => {
        const today = addDays(told, days);
        const lived = namedPeople(told).flatMap(({ id, register }) => {
          if (!register) return [];
          const { conditions, period } = assessEligibility(register, today, 'valid', HOLIDAYS);
          expect(period.isAsComputed).toBe(true);
          return [[id, conditions.filter(({ holds }) => !holds).map((condition) => condition.id)]];
        });
        expect(Object.fromEntries(lived)).toEqual(STORIES);
      }),
      { numRuns: 400 },
    );
  });

  it('also on a 29 February and at the turn of the year', () => {
    for (const today of ['2028-02-17', '2028-02-29', '2026-12-31', '2027-01-01']) {
      const hanako = namedPeople(today).find(({ id }) => id === 'hanako');
      expect(
        hanako?.register && assessEligibility(hanako.register, today, 'valid', HOLIDAYS).isEligible,
      ).toBe(true);
    }
  });

  it('are told apart by id, PIN and licence number, and each driver has a face', () => {
    const people = namedPeople('2026-11-24');
    const drivers = people.filter(({ register }) => register !== null);
    const distinct = (values: unknown[]) => expect(new Set(values).size).toBe(values.length);
    distinct(people.map(({ id }) => id));
    distinct(people.map(({ pin }) => pin));
    distinct(drivers.map(({ register }) => register?.licenceNumber));
    expect(Object.keys(LOOKS).sort()).toEqual(drivers.map(({ id }) => id).sort());
    for (const { pin } of people) expect(pin).toMatch(/^\d{4}$/);
    const passwords = people.flatMap(({ signing }) => (signing ? [signing.password] : []));
    distinct(passwords);
    for (const password of passwords) expect(password).toMatch(/^[A-Z0-9]{6,16}$/);
  });

  it('meet officers at offices that exist', () => {
    for (const { officeNameJa, commissionCode } of NAMED_OFFICERS) {
      if (officeNameJa === null) continue;
      expect(OFFICES).toContainEqual(expect.objectContaining({ nameJa: officeNameJa, commissionCode }));
    }
  });
});
