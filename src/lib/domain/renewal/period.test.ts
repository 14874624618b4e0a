import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, birthdayIn, isClosedDay } from './calendar.ts';
import { computeRenewalPeriod, extendedEnd, renewalPeriod } from './period.ts';

const HOLIDAYS = new Set([
  '2025-05-03',
  '2025-05-04',
  '2025-05-05',
  '2025-05-06',
  '2026-01-01',
  '2026-04-29',
]);

describe('the renewal period of 道路交通法101条', () => {
  it.each([
    {
      born: '1990-04-01',
      year: 2026,
      birthday: '2026-04-01',
      start: '2026-03-01',
      expiry: '2026-05-01',
      end: '2026-05-01',
    },
    {
      born: '1990-03-31',
      year: 2026,
      birthday: '2026-03-31',
      start: '2026-02-28',
      expiry: '2026-04-30',
      end: '2026-04-30',
    },
    // Saturday and holiday, then Golden Week to the end
    {
      born: '1990-04-03',
      year: 2025,
      birthday: '2025-04-03',
      start: '2025-03-03',
      expiry: '2025-05-03',
      end: '2025-05-07',
    },
    // the counters close on 29 December and open on Monday 5 January
    {
      born: '1990-11-29',
      year: 2025,
      birthday: '2025-11-29',
      start: '2025-10-29',
      expiry: '2025-12-29',
      end: '2026-01-05',
    },
    // born on 29 February, a common year, and a Saturday
    {
      born: '1984-02-29',
      year: 2026,
      birthday: '2026-02-28',
      start: '2026-01-28',
      expiry: '2026-03-28',
      end: '2026-03-30',
    },
  ])('born $born, renewed in $year: $start to $end', ({ born, year, birthday, start, expiry, end }) => {
    expect(computeRenewalPeriod(born, year, HOLIDAYS)).toEqual({ birthday, start, expiryDate: expiry, end });
    expect(renewalPeriod(born, expiry, HOLIDAYS)).toMatchObject({ birthday, start, end, isAsComputed: true });
  });

  it('tells 30 March from 31 March although both expire on 30 April', () => {
    expect(renewalPeriod('1990-03-30', '2026-04-30', HOLIDAYS).start).toBe('2026-02-28');
    expect(renewalPeriod('1990-03-30', '2026-04-30', HOLIDAYS).birthday).toBe('2026-03-30');
    expect(renewalPeriod('1990-03-31', '2026-04-30', HOLIDAYS).birthday).toBe('2026-03-31');
  });

  it('believes the register when a decree has extended the expiry, and says that it differs', () => {
    expect(renewalPeriod('1990-04-01', '2026-07-31', HOLIDAYS)).toEqual({
      birthday: '2026-04-01',
      start: '2026-03-01',
      expiryDate: '2026-07-31',
      end: '2026-07-31',
      isAsComputed: false,
    });
  });

  it('that was extended since ends when the register says so; of an earlier day or another renewal it says nothing', () => {
    const taken = { start: '2026-03-01', end: '2026-05-01' };
    const end = (expiryDate: string) => extendedEnd(taken, { birthDate: '1990-04-01', expiryDate }, HOLIDAYS);
    expect(end('2026-05-01')).toBe('2026-05-01');
    expect(end('2026-07-31')).toBe('2026-07-31');
    expect(end('2026-04-30')).toBe('2026-05-01');
    expect(end('2031-05-01')).toBe('2026-05-01');
    // Of a person who was taken out of the register.
    expect(extendedEnd(taken, { birthDate: '0001-01-01', expiryDate: '0001-01-01' }, HOLIDAYS)).toBe(
      '2026-05-01',
    );
  });

  it('understands a register that holds the shifted day', () => {
    expect(renewalPeriod('1990-11-29', '2026-01-05', HOLIDAYS)).toMatchObject({
      birthday: '2025-11-29',
      start: '2025-10-29',
      end: '2026-01-05',
      isAsComputed: true,
    });
  });

  it('for every birth date and year holds the birthday, ends on an open day, and never shrinks by a shift', () => {
    const birthDates = fc.integer({ min: 0, max: 80 * 365 }).map((days) => addDays('1940-01-01', days));
    fc.assert(
      fc.property(birthDates, fc.integer({ min: 2025, max: 2060 }), (birthDate, year) => {
        const period = computeRenewalPeriod(birthDate, year, HOLIDAYS);
        expect(period.birthday).toBe(birthdayIn(birthDate, year));
        expect(period.start < period.birthday && period.birthday < period.expiryDate).toBe(true);
        expect(period.expiryDate <= period.end).toBe(true);
        expect(isClosedDay(period.end, HOLIDAYS)).toBe(false);
        // read back from the register, it is the same period
        expect(renewalPeriod(birthDate, period.expiryDate, HOLIDAYS)).toEqual({
          ...period,
          isAsComputed: true,
        });
      }),
      { numRuns: 1000 },
    );
  });
});
