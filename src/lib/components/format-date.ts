import { tokyoDate, type CalendarDate } from '#lib/domain/renewal/calendar.ts';

type Locale = 'ja' | 'en';
type Part = Intl.DateTimeFormatPartTypes;

const MINUTE_MS = 60_000;
const SECOND_MS = 1_000;

/** Dates are days in Japan: they are shown as they are written, whatever the zone of the reader. */
const utc = (date: CalendarDate): Date => new Date(`${date}T00:00:00Z`);

function partOf(formatter: Intl.DateTimeFormat, date: CalendarDate, type: Part): string {
  return formatter.formatToParts(utc(date)).find((part) => part.type === type)?.value ?? '';
}

const ERA_JA = new Intl.DateTimeFormat('ja-JP-u-ca-japanese', {
  era: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});
const ERA_EN = new Intl.DateTimeFormat('en-u-ca-japanese', { era: 'long', year: 'numeric', timeZone: 'UTC' });
const WEEKDAY_JA = new Intl.DateTimeFormat('ja-JP', { weekday: 'short', timeZone: 'UTC' });
const DAY_EN = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});
const WEEKDAY_EN = new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' });

/** 2026年(令和8年)11月22日, or 22 November 2026 (Reiwa 8): both years, as public bodies write them. */
export function formatDate(date: CalendarDate, locale: Locale): string {
  if (locale === 'en') {
    return `${DAY_EN.format(utc(date))} (${partOf(ERA_EN, date, 'era')} ${partOf(ERA_EN, date, 'year')})`;
  }
  const [year, month, day] = date.split('-').map(Number);
  const eraYear = partOf(ERA_JA, date, 'year');
  return `${year}年(${partOf(ERA_JA, date, 'era')}${eraYear === '1' ? '元' : eraYear}年)${month}月${day}日`;
}

/** With the day of the week, for a day on which somebody has to go somewhere. */
export function formatDateWithWeekday(date: CalendarDate, locale: Locale): string {
  return locale === 'en'
    ? `${WEEKDAY_EN.format(utc(date))}, ${formatDate(date, locale)}`
    : `${formatDate(date, locale)}(${WEEKDAY_JA.format(utc(date))})`;
}

const CLOCK = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'Asia/Tokyo' });

/** An instant as a calendar and a clock in Japan show it: 2026年(令和8年)11月23日 9:05, or 23 November 2026 (Reiwa 8), 09:05. */
export function formatDateTime(instant: Date, locale: Locale): string {
  const date = formatDate(tokyoDate(instant), locale);
  const time = CLOCK.format(instant);
  return locale === 'en' ? `${date}, ${time}` : `${date} ${time.replace(/^0/, '')}`;
}

/** 12分05秒, or 12 min 05 s; what is left of a second is dropped. */
export function formatMinutesSeconds(ms: number, locale: Locale): string {
  const minutes = Math.floor(ms / MINUTE_MS);
  const seconds = String(Math.floor((ms % MINUTE_MS) / SECOND_MS)).padStart(2, '0');
  return locale === 'en' ? `${minutes} min ${seconds} s` : `${minutes}分${seconds}秒`;
}
