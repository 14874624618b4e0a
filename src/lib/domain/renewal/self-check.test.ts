import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, addMonths, birthdayIn } from './calendar.ts';
import { assessEligibility, type RegisteredDriver } from './eligibility.ts';
import { nearestExpiry, selfCheck, type Declared } from './self-check.ts';

const NO_HOLIDAYS: ReadonlySet<string> = new Set();
const TODAY = '2026-11-24';
const HANAKO: Declared = {
  birthDate: '1985-12-10',
  lectureClass: 'general',
  holdingType: 'both',
  link: 'done',
  expiryDate: '2027-01-10',
};
const check = (changes: Partial<Declared> = {}, today = TODAY) =>
  selfCheck({ ...HANAKO, ...changes }, today, NO_HOLIDAYS);
const failing = (changes: Partial<Declared>) =>
  check(changes)
    .conditions.filter(({ holds }) => !holds)
    .map(({ id }) => id);

describe('the check without signing in', () => {
  it('lets who has everything take it now', () => {
    expect(check()).toMatchObject({ outlook: 'now', period: { start: '2026-11-10', end: '2027-01-11' } });
  });

  it.each([
    ['violation', 'inPerson'],
    ['firstRenewal', 'inPerson'],
    ['senior', 'senior'],
    ['unknown', 'ifClass'],
    ['excellent', 'now'],
  ] as const)('of class %s: %s', (lectureClass, outlook) =>
    expect(check({ lectureClass }).outlook).toBe(outlook),
  );

  it('tells who has only the card, or has not linked it, to make it ready first', () => {
    expect(check({ holdingType: 'cardOnly' }).outlook).toBe('prepare');
    expect(check({ link: 'submitted' }).outlook).toBe('prepare');
    expect(failing({ holdingType: 'cardOnly', link: 'none' })).toEqual(['E4', 'E5']);
  });

  it('names what fails before what holds', () => {
    expect(check({ link: 'none' }).conditions[0]).toMatchObject({ id: 'E5', holds: false });
  });

  it('tells from when, and when it is over', () => {
    expect(check({}, '2026-11-09').outlook).toBe('later');
    expect(check({ link: 'none' }, '2026-11-09').outlook).toBe('prepare');
    expect(check({ lectureClass: 'violation' }, '2026-11-09').outlook).toBe('inPerson');
    expect(check({ lectureClass: 'violation' }, '2027-01-12').outlook).toBe('over');
  });

  it('sends who is 70 at the end of the period to the lecture for seniors, whatever the postcard', () => {
    expect(check({ birthDate: '1956-12-10', lectureClass: 'unknown' }).outlook).toBe('senior');
    expect(check({ birthDate: '1957-12-10' }).outlook).toBe('now');
  });

  it('says when the expiry that was written is not that of the birth date', () => {
    expect(check({ expiryDate: '2027-01-11' }).expectedExpiry).toBeNull();
    expect(check({ expiryDate: '2027-01-25' }).expectedExpiry).toBe('2027-01-10');
  });
});

describe('a renewal of which the expiry is not known', () => {
  it.each([
    ['1985-12-10', '2026-11-24', '2027-01-10'],
    ['1985-12-10', '2027-01-11', '2027-01-10'],
    ['1985-12-10', '2027-01-12', '2028-01-10'],
    ['1985-03-31', '2026-04-30', '2026-04-30'],
    ['1984-02-29', '2026-01-28', '2026-03-28'],
  ])('of somebody born on %s is on %s the one until %s', (birthDate, today, expiry) =>
    expect(nearestExpiry(birthDate, today, NO_HOLIDAYS)).toBe(expiry),
  );

  it('is never over, and never more than a year and a month and a half ahead', () => {
    const days = fc.integer({ min: 0, max: 36_000 });
    fc.assert(
      fc.property(days, days, (born, later) => {
        const [birthDate, today] = [addDays('1930-01-01', born), addDays('2025-03-24', later)];
        const { period, isExpiryAssumed } = check({ birthDate, expiryDate: null }, today);
        expect(isExpiryAssumed).toBe(true);
        expect(period.end >= today && period.start <= addMonths(today, 13)).toBe(true);
      }),
    );
  });
});

describe('the answer before signing in', () => {
  const day = (from: string, span: number) =>
    fc.integer({ min: 0, max: span }).map((days) => addDays(from, days));
  const maybe = fc.option(day('2025-01-01', 1_500), { nil: null });
  const driver: fc.Arbitrary<RegisteredDriver> = fc
    .record({
      birthDate: day('1945-01-01', 22_000),
      lectureClass: fc.constantFrom('excellent', 'general', 'violation', 'firstRenewal', 'senior'),
      holdingType: fc.constantFrom('cardOnly', 'mynaOnly', 'both'),
      cardRecordedOn: maybe,
      signingCertificateSubmittedOn: maybe,
      portalLinkedOn: maybe,
      year: fc.integer({ min: 2025, max: 2029 }),
      extraDays: fc.constantFrom(0, 0, 0, 14),
    } as const)
    .map(({ year, extraDays, ...facts }) => ({
      ...facts,
      expiryDate: addDays(addMonths(birthdayIn(facts.birthDate, year), 1), extraDays),
      suspendedUntil: null,
    }));
  const has = (on: string | null, today: string) => on !== null && on <= today;
  /** What a driver who knows all about himself would say. */
  const declare = (known: RegisteredDriver, today: string): Declared => {
    const isSubmitted = has(known.signingCertificateSubmittedOn, today);
    const isLinked = isSubmitted && has(known.portalLinkedOn, today);
    return {
      birthDate: known.birthDate,
      lectureClass: known.lectureClass,
      holdingType: has(known.cardRecordedOn, today) ? known.holdingType : 'cardOnly',
      link: isLinked ? 'done' : isSubmitted ? 'submitted' : 'none',
      expiryDate: known.expiryDate,
    };
  };

  it('is that after signing in, for every driver and every day: which conditions hold, the period, and whether he may', () => {
    fc.assert(
      fc.property(driver, day('2025-01-01', 2_000), (known, today) => {
        const after = assessEligibility(known, today, 'valid', NO_HOLIDAYS);
        const before = selfCheck(declare(known, today), today, NO_HOLIDAYS);
        const holding = (conditions: typeof after.conditions) =>
          conditions.flatMap(({ id, holds }) => (holds ? [id] : [])).sort();
        const asked = after.conditions.filter(({ id }) => id !== 'E6' && id !== 'notSuspended');
        expect(holding(before.conditions)).toEqual(holding(asked));
        expect(before.conditions).toHaveLength(asked.length);
        expect(before.period).toEqual(after.period);
        expect(before.outlook === 'now').toBe(after.isEligible);
        expect(before.conditions[0]?.holds).toBe(asked.every(({ holds }) => holds));
        const firstFailing = asked.find(({ holds }) => !holds)?.id;
        if (firstFailing !== undefined) expect(before.conditions[0]?.id).toBe(firstFailing);
      }),
      { numRuns: 400 },
    );
  });
});
