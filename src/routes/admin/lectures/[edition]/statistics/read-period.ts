import type { Period } from '#lib/domain/lectures/statistics.ts';
import { addDays, isCalendarDate, type CalendarDate } from '#lib/domain/renewal/calendar.ts';

const CHOICES = ['all', 'month', 'days'] as const;
const MONTH_DAYS = 30;

/** What somebody asked for in the form, kept as it was written, and the period that it means; null when it means none. */
export interface AskedPeriod {
  readonly choice: (typeof CHOICES)[number];
  readonly from: string;
  readonly to: string;
  readonly period: Period | null;
}

const WHOLE: Period = { from: null, to: null };

function readDays(from: string, to: string): Period | null {
  if ([from, to].some((day) => day !== '' && !isCalendarDate(day))) return null;
  if (from !== '' && to !== '' && from > to) return null;
  return { from: from || null, to: to || null };
}

/** The period of an address: `period` is all (the default), month or days, with `from` and `to` as days in Japan. */
export function readPeriod(search: URLSearchParams, today: CalendarDate): AskedPeriod {
  const asked = search.get('period');
  const [from, to] = [search.get('from')?.trim() ?? '', search.get('to')?.trim() ?? ''];
  const choice = CHOICES.find((known) => known === asked) ?? 'all';
  if (choice === 'days') return { choice, from, to, period: readDays(from, to) };
  const period = choice === 'all' ? WHOLE : { from: addDays(today, 1 - MONTH_DAYS), to: null };
  return { choice, from: '', to: '', period };
}

/** The address's part after `?` that asks for the same again. */
export function searchOf({ choice, from, to }: AskedPeriod): string {
  if (choice === 'all') return '';
  const days = choice === 'days' ? { from, to } : {};
  return `?${new URLSearchParams({ period: choice, ...days })}`;
}
