import type { LanguageCode } from '#lib/domain/lectures/languages.ts';
import { tokyoDate, type CalendarDate } from '#lib/domain/renewal/calendar.ts';
import { m } from '#lib/paraglide/messages.js';

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

/** The western calendar and the digits of Japanese papers, whatever the language has of its own (Thai years, Nepali digits). */
const tag = (locale: LanguageCode) => (locale === 'en' ? 'en-GB' : `${locale}-u-ca-gregory-nu-latn`);

const dayIn = (locale: LanguageCode) =>
  new Intl.DateTimeFormat(tag(locale), { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

const dayWithWeekdayIn = (locale: LanguageCode) =>
  new Intl.DateTimeFormat(tag(locale), { dateStyle: 'full', timeZone: 'UTC' });

/** 令和8年, 令和元年: as it stands on the licence and the renewal notice. */
function eraYear(date: CalendarDate): string {
  const year = partOf(ERA_JA, date, 'year');
  return `${partOf(ERA_JA, date, 'era')}${year === '1' ? '元' : year}年`;
}

const inBrackets = (date: CalendarDate, locale: LanguageCode): string =>
  locale === 'en' ? `${partOf(ERA_EN, date, 'era')} ${partOf(ERA_EN, date, 'year')}` : eraYear(date);

/**
 * 2026年(令和8年)11月22日, or 22 November 2026 (Reiwa 8): both years, as public bodies write them. In the further languages the Japanese year
 * stands in Japanese, so that it can be found again on the licence: 22 de novembro de 2026 (令和8年).
 */
export function formatDate(date: CalendarDate, locale: LanguageCode): string {
  if (locale !== 'ja') return `${dayIn(locale).format(utc(date))} (${inBrackets(date, locale)})`;
  const [year, month, day] = date.split('-').map(Number);
  return `${year}年(${eraYear(date)})${month}月${day}日`;
}

/** With the day of the week, for a day on which somebody has to go somewhere. */
export function formatDateWithWeekday(date: CalendarDate, locale: LanguageCode): string {
  if (locale === 'ja') return `${formatDate(date, locale)}(${WEEKDAY_JA.format(utc(date))})`;
  const day = dayWithWeekdayIn(locale).format(utc(date));
  return `${day} (${inBrackets(date, locale)})`;
}

const CLOCK = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'Asia/Tokyo' });

/** An instant as a calendar and a clock in Japan show it: 2026年(令和8年)11月23日 9:05, or 23 November 2026 (Reiwa 8), 09:05. */
export function formatDateTime(instant: Date, locale: LanguageCode): string {
  const date = formatDate(tokyoDate(instant), locale);
  const time = CLOCK.format(instant);
  return locale === 'ja' ? `${date} ${time.replace(/^0/, '')}` : `${date}, ${time}`;
}

/** 12分05秒, or 12 min 05 s; what is left of a second is dropped. */
export function formatMinutesSeconds(ms: number, locale: LanguageCode): string {
  const minutes = Math.floor(ms / MINUTE_MS);
  const seconds = String(Math.floor((ms % MINUTE_MS) / SECOND_MS)).padStart(2, '0');
  return m.duration_minutes_seconds({ minutes, seconds }, { locale });
}
