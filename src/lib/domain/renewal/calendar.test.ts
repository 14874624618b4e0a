import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  ageOn,
  birthdayIn,
  isCalendarDate,
  isClosedDay,
  nextOpenDay,
  tokyoDate,
  tokyoInstant,
} from './calendar.ts';

const GOLDEN_WEEK_2025 = new Set(['2025-04-29', '2025-05-03', '2025-05-04', '2025-05-05', '2025-05-06']);

const anyDate = fc.integer({ min: 0, max: 80 * 365 }).map((days) => addDays('1960-01-01', days));

describe('a day on the calendar', () => {
  it.each([
    ['2026-11-22', true],
    ['2024-02-29', true],
    ['2026-02-29', false],
    ['2100-02-29', false],
    ['2026-13-01', false],
    ['2026-04-31', false],
    ['2026-00-10', false],
    ['2026-4-1', false],
    ['2026-04-01T00:00', false],
    ['令和8年4月1日', false],
    ['', false],
  ])('%s exists: %s', (text, exists) => expect(isCalendarDate(text)).toBe(exists));

  it('is counted in Tokyo, nine hours ahead', () => {
    expect(tokyoDate(new Date('2026-11-22T14:59:59.999Z'))).toBe('2026-11-22');
    expect(tokyoDate(new Date('2026-11-22T15:00:00Z'))).toBe('2026-11-23');
    expect(tokyoDate(new Date('2025-12-31T15:00:00Z'))).toBe('2026-01-01');
  });

  it('shows a time on its clocks nine hours before Greenwich does', () => {
    expect(tokyoInstant('2026-11-23', '00:00')).toEqual(new Date('2026-11-22T15:00:00Z'));
    expect(tokyoInstant('2026-03-01', '08:59')).toEqual(new Date('2026-02-28T23:59:00Z'));
    expect(tokyoDate(tokyoInstant('2026-11-23', '23:59'))).toBe('2026-11-23');
  });

  it('keeps its number in another month, or takes that month’s last', () => {
    expect(addMonths('2026-04-01', -1)).toBe('2026-03-01');
    expect(addMonths('2026-03-31', -1)).toBe('2026-02-28');
    expect(addMonths('2028-03-31', -1)).toBe('2028-02-29');
    expect(addMonths('2026-12-31', 2)).toBe('2027-02-28');
    expect(addMonths('2026-01-15', -1)).toBe('2025-12-15');
  });

  it('always lands on a day that exists, in the month that was meant', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -600, max: 600 }), (date, months) => {
        const moved = addMonths(date, months);
        expect(isCalendarDate(moved)).toBe(true);
        const monthsSince0 = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));
        expect(monthsSince0(moved) - monthsSince0(date)).toBe(months);
        expect(moved.slice(8) <= date.slice(8)).toBe(true);
      }),
    );
  });
});

describe('birthdays', () => {
  it('of 29 February are on the 28th in a common year (法101条2項)', () => {
    expect(birthdayIn('1984-02-29', 2026)).toBe('2026-02-28');
    expect(birthdayIn('1984-02-29', 2028)).toBe('2028-02-29');
    expect(ageOn('1984-02-29', '2026-02-27')).toBe(41);
    expect(ageOn('1984-02-29', '2026-02-28')).toBe(42);
  });

  it('add one year of age, and no other day does', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 1, max: 100 }), (birthDate, years) => {
        const birthday = birthdayIn(birthDate, Number(birthDate.slice(0, 4)) + years);
        expect(ageOn(birthDate, birthday)).toBe(years);
        expect(ageOn(birthDate, addDays(birthday, -1))).toBe(years - 1);
      }),
    );
  });
});

describe('closed days', () => {
  it.each([
    ['2026-11-21', true, 'Saturday'],
    ['2026-11-22', true, 'Sunday'],
    ['2026-11-24', false, 'Tuesday'],
    ['2025-05-05', true, 'こどもの日'],
    ['2025-12-28', true, 'Sunday'],
    ['2025-12-29', true, 'year-end'],
    ['2026-01-02', true, 'new year'],
    ['2025-12-26', false, 'the last open day'],
    ['2026-01-05', false, 'the first open day'],
  ])('%s closed: %s (%s)', (date, isClosed) => expect(isClosedDay(date, GOLDEN_WEEK_2025)).toBe(isClosed));

  it('give way to the first open day, never further', () => {
    fc.assert(
      fc.property(anyDate, (date) => {
        const open = nextOpenDay(date, GOLDEN_WEEK_2025);
        expect(isClosedDay(open, GOLDEN_WEEK_2025)).toBe(false);
        for (let day = date; day < open; day = addDays(day, 1)) {
          expect(isClosedDay(day, GOLDEN_WEEK_2025)).toBe(true);
        }
      }),
    );
  });
});
