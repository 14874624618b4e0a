import { isCalendarDate, type CalendarDate } from './calendar.ts';

/** In which count of years a date is written: 西暦, or the era of an emperor (元号法). */
export const YEAR_COUNTS = ['western', 'showa', 'heisei', 'reiwa'] as const;
export type YearCount = (typeof YEAR_COUNTS)[number];

/** The western year before the first of the era. Not bounded above: licences bear dates like 平成35年, written before anybody knew. */
const YEARS_BEFORE: Record<YearCount, number> = { western: 0, showa: 1925, heisei: 1988, reiwa: 2018 };
const LONGEST_ERA_YEARS = 99;

export interface WrittenDate {
  readonly count: YearCount;
  readonly year: string;
  readonly month: string;
  readonly day: string;
}

/** A number as people write it: full-width digits and spaces around it are the same, 元 is the first. Null when it is none. */
function readNumber(text: string): number | null {
  const plain = text.normalize('NFKC').trim();
  if (plain === '元') return 1;
  return /^\d{1,4}$/.test(plain) ? Number(plain) : null;
}

/** The day that is meant, or null when there is no such day. */
export function readWrittenDate({ count, ...written }: WrittenDate): CalendarDate | null {
  const [year, month, day] = [written.year, written.month, written.day].map(readNumber);
  if (!year || !month || !day) return null;
  if (count !== 'western' && year > LONGEST_ERA_YEARS) return null;
  const pad = (number: number, length: number) => String(number).padStart(length, '0');
  const date = `${pad(YEARS_BEFORE[count] + year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
  return isCalendarDate(date) ? date : null;
}

/** Nothing was written at all: for a date that may be left out. */
export const isBlank = ({ year, month, day }: WrittenDate): boolean => `${year}${month}${day}`.trim() === '';
