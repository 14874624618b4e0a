import { addDays, type CalendarDate } from '#lib/domain/renewal/calendar.ts';

const CHOICES = ['all', 'month', 'days'] as const;
const MONTH_DAYS = 30;

/** What somebody asked for in the form: `from` and `to` as they were written, `wanted` as the operation's schema will read them. */
export interface AskedPeriod {
  readonly choice: (typeof CHOICES)[number];
  readonly from: string;
  readonly to: string;
  readonly wanted: { readonly from: string | null; readonly to: string | null };
}

/** The period of an address: `period` is all (the default), month or days, with `from` and `to` as days in Japan. */
export function readPeriod(search: URLSearchParams, today: CalendarDate): AskedPeriod {
  const choice = CHOICES.find((known) => known === search.get('period')) ?? 'all';
  if (choice === 'days') {
    const [from, to] = [search.get('from')?.trim() ?? '', search.get('to')?.trim() ?? ''];
    return { choice, from, to, wanted: { from: from || null, to: to || null } };
  }
  const from = choice === 'month' ? addDays(today, 1 - MONTH_DAYS) : null;
  return { choice, from: '', to: '', wanted: { from, to: null } };
}

/** The address's part after `?` that asks for the same again. */
export function searchOf({ choice, from, to }: AskedPeriod): string {
  if (choice === 'all') return '';
  const days = choice === 'days' ? { from, to } : {};
  return `?${new URLSearchParams({ period: choice, ...days })}`;
}
