import { formatDate, formatMinutesSeconds } from '#lib/components/format-date.ts';
import { SMALL_GROUP, type Gate, type Period } from '#lib/domain/lectures/statistics.ts';
import type { CalendarDate } from '#lib/domain/renewal/calendar.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const SECOND_MS = 1_000;

const REASONS: Readonly<Record<string, () => string>> = {
  not_contiguous: m.statistics_reason_not_contiguous,
  beyond_released: m.statistics_reason_beyond_released,
  malformed: m.statistics_reason_malformed,
  out_of_sequence: m.statistics_reason_out_of_sequence,
  presenceMissed: m.statistics_reason_missed,
  expired: m.uncounted_cause_expired,
  superseded: m.uncounted_cause_superseded,
  pausedTooLong: m.uncounted_cause_pausedTooLong,
  signedOut: m.uncounted_cause_signedOut,
  periodOver: m.uncounted_cause_periodOver,
};

const GATE_WORDS: Record<Gate, () => string> = {
  presence: m.statistics_gate_presence,
  question: m.statistics_gate_question,
  photo: m.statistics_gate_photo,
};

export const reasonWords = (reason: string): string =>
  REASONS[reason]?.() ?? m.statistics_reason_other({ reason });
export const gateWords = (gate: Gate): string => GATE_WORDS[gate]();
export const peopleWords = (count: number): string =>
  m.statistics_people({ count: count.toLocaleString(getLocale()) });
export const smallWords = (): string => m.statistics_small({ limit: SMALL_GROUP });

/** 0.333 as 33%. */
export const shareWords = (share: number): string =>
  m.statistics_share({ percent: Math.round(share * 100).toLocaleString(getLocale()) });

/** A length of time as coarse as it is long. */
export function lengthWords(ms: number): string {
  if (ms < HOUR_MS) return formatMinutesSeconds(ms, getLocale());
  if (ms < DAY_MS) {
    return m.statistics_hours({
      hours: Math.floor(ms / HOUR_MS),
      minutes: Math.floor((ms % HOUR_MS) / MINUTE_MS),
    });
  }
  return m.statistics_days_hours({
    days: Math.floor(ms / DAY_MS).toLocaleString(getLocale()),
    hours: Math.floor((ms % DAY_MS) / HOUR_MS),
  });
}

const DAY_LABEL = {
  ja: new Intl.DateTimeFormat('ja-JP', { month: 'numeric', day: 'numeric', timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat('en-GB', { month: 'short', day: 'numeric', timeZone: 'UTC' }),
};

/** A day under a chart: 11/22, or 22 Nov. */
export const dayLabel = (day: CalendarDate): string =>
  DAY_LABEL[getLocale() === 'ja' ? 'ja' : 'en'].format(new Date(`${day}T00:00:00Z`));

/** A place in a video as players write it: 12:05. */
export function placeInVideo(ms: number): string {
  const seconds = Math.floor(ms / SECOND_MS);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** The period in words; `from` and `to` are both counted in. */
export function periodWords({ from, to }: Period): string {
  if (from === null && to === null) return m.statistics_period_shown_all();
  const locale = getLocale();
  return m.statistics_period_shown({
    from: from === null ? m.statistics_period_start() : formatDate(from, locale),
    to: to === null ? m.statistics_period_today() : formatDate(to, locale),
  });
}
