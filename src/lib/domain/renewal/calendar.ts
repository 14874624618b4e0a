/** A day on the calendar, 'YYYY-MM-DD': no time, no zone. Two of them compare as text. */
export type CalendarDate = string;

const TOKYO_OFFSET_MS = 9 * 3_600_000; // no summer time since 1951
const DAY_MS = 24 * 3_600_000;
const SATURDAY = 6;
const SUNDAY = 0;

interface Parts {
  readonly year: number;
  /** 1–12 */
  readonly month: number;
  readonly day: number;
}

function partsOf(date: CalendarDate): Parts {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (!match) throw new RangeError(`not a date: ${date}`);
  return { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
}

const pad = (number: number, length: number): string => String(number).padStart(length, '0');
const join = ({ year, month, day }: Parts): CalendarDate => `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
const midnight = (date: CalendarDate): number => Date.parse(`${date}T00:00:00Z`);

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Whether the text is a day that exists: '2026-02-29' is none. */
export function isCalendarDate(text: string): text is CalendarDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const { year, month, day } = partsOf(text);
  return year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** The day it is in Japan at that instant. */
export function tokyoDate(instant: Date): CalendarDate {
  return new Date(instant.getTime() + TOKYO_OFFSET_MS).toISOString().slice(0, 10);
}

/** The instant at which a clock in Japan shows this time ('HH:MM') on that day. */
export function tokyoInstant(date: CalendarDate, time: string): Date {
  return new Date(Date.parse(`${date}T${time}:00Z`) - TOKYO_OFFSET_MS);
}

export function yearOf(date: CalendarDate): number {
  return partsOf(date).year;
}

export function addDays(date: CalendarDate, days: number): CalendarDate {
  return new Date(midnight(date) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The same day number that many months later (or earlier); where that month is too short, its last day (民法143条2項). */
export function addMonths(date: CalendarDate, months: number): CalendarDate {
  const { year, month, day } = partsOf(date);
  const index = year * 12 + (month - 1) + months;
  const target = { year: Math.floor(index / 12), month: (index % 12) + 1 };
  return join({ ...target, day: Math.min(day, daysInMonth(target.year, target.month)) });
}

/** The birthday in a year. Who was born on 29 February has it on the 28th in a common year (道路交通法101条2項). */
export function birthdayIn(birthDate: CalendarDate, year: number): CalendarDate {
  return addMonths(birthDate, (year - yearOf(birthDate)) * 12);
}

/** Completed years of age on that day, by the birthday (which for the renewal period is the day that counts). */
export function ageOn(birthDate: CalendarDate, date: CalendarDate): number {
  const years = yearOf(date) - yearOf(birthDate);
  return date < birthdayIn(birthDate, yearOf(date)) ? years - 1 : years;
}

/**
 * Whether no renewal is accepted that day: Saturday, Sunday, national holiday, and 29 December to 3 January.
 * `holidays` holds the national holidays as 'YYYY-MM-DD'.
 */
export function isClosedDay(date: CalendarDate, holidays: ReadonlySet<string>): boolean {
  const weekday = new Date(midnight(date)).getUTCDay();
  const monthAndDay = date.slice(5);
  const isYearEnd = monthAndDay >= '12-29' || monthAndDay <= '01-03';
  return weekday === SATURDAY || weekday === SUNDAY || isYearEnd || holidays.has(date);
}

/** That day, or the first one after it on which renewals are accepted. */
export function nextOpenDay(date: CalendarDate, holidays: ReadonlySet<string>): CalendarDate {
  let day = date;
  while (isClosedDay(day, holidays)) day = addDays(day, 1);
  return day;
}
