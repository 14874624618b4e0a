import { addMonths, birthdayIn, nextOpenDay, yearOf, type CalendarDate } from './calendar.ts';

/** 更新期間: the days on which a licence can be renewed, both ends included. */
export interface RenewalPeriod {
  /** The birthday that precedes the expiry date. */
  readonly birthday: CalendarDate;
  readonly start: CalendarDate;
  /** 有効期間の末日, before any shift. */
  readonly expiryDate: CalendarDate;
  /** The last day: the expiry date, or the next open day when the counters are closed then. */
  readonly end: CalendarDate;
}

/**
 * The period by law around the birthday of `renewalYear`: from one month before it to one month after it (道路交通法101条1項);
 * born on 29 February, the 28th in a common year (101条2項); an end on a closed day moves to the next open one (95条の6第3項),
 * which does not move the start. Counted from the birth date: an expiry on 30 April may belong to 30 or to 31 March.
 */
export function computeRenewalPeriod(
  birthDate: CalendarDate,
  renewalYear: number,
  holidays: ReadonlySet<string>,
): RenewalPeriod {
  const birthday = birthdayIn(birthDate, renewalYear);
  const expiryDate = addMonths(birthday, 1);
  return { birthday, start: addMonths(birthday, -1), expiryDate, end: nextOpenDay(expiryDate, holidays) };
}

/**
 * The period of a driver in the register. The register's expiry date is authoritative: a decree after a disaster may extend it.
 * `isAsComputed` is false when it is not what the birth date gives, which somebody should look at.
 */
export function renewalPeriod(
  birthDate: CalendarDate,
  expiryDate: CalendarDate,
  holidays: ReadonlySet<string>,
): RenewalPeriod & { readonly isAsComputed: boolean } {
  const year = yearOf(expiryDate);
  const precedes = birthdayIn(birthDate, year) < expiryDate;
  const computed = computeRenewalPeriod(birthDate, precedes ? year : year - 1, holidays);
  return {
    ...computed,
    expiryDate,
    end: nextOpenDay(expiryDate, holidays),
    isAsComputed: expiryDate === computed.expiryDate || expiryDate === computed.end,
  };
}

/**
 * The last day of a period that somebody took his lecture in, as the register has it now: a decree after a disaster may have extended it
 * since. It is never made shorter, and the period of the next renewal is another one.
 */
export function extendedEnd(
  { start, end }: { readonly start: CalendarDate; readonly end: CalendarDate },
  { birthDate, expiryDate }: { readonly birthDate: CalendarDate; readonly expiryDate: CalendarDate },
  holidays: ReadonlySet<string>,
): CalendarDate {
  if (expiryDate <= end) return end;
  const registered = renewalPeriod(birthDate, expiryDate, holidays);
  return registered.start === start ? registered.end : end;
}
