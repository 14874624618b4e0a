import { addDays, addMonths, type CalendarDate } from '../renewal/calendar.ts';

/** 特定失効者 (道路交通法施行令33条の6の2), 特定取消処分者 (法97条の2), and うっかり失効. */
export type LapseKind = 'unavoidable' | 'illnessRevocation' | 'careless';

export interface Lapse {
  readonly kind: LapseKind;
  readonly on: CalendarDate;
}

/** Who lost the licence without his fault may use the lecture of the year before, if the class is the same. */
const EXCUSED_MONTHS = 12;
/** Within which somebody who forgot may still renew with the lecture alone (法97条の2第1項3号); whether this one counts, a supervisor says. */
const CARELESS_MONTHS = 6;

/** The lapse as the register tells it, if it came after the lecture; one before has nothing to do with this record. */
export function lapseSince(
  issuedOn: CalendarDate,
  { lapseKind, lapsedOn }: { readonly lapseKind: LapseKind | null; readonly lapsedOn: CalendarDate | null },
): Lapse | null {
  return lapseKind !== null && lapsedOn !== null && lapsedOn >= issuedOn
    ? { kind: lapseKind, on: lapsedOn }
    : null;
}

/** The last day on which the lecture of `issuedOn` counts: that of its renewal period, or by the rules for a lapse (less than a year). */
export function lastDayOf({
  issuedOn,
  periodEnd,
  lapse,
}: {
  readonly issuedOn: CalendarDate;
  readonly periodEnd: CalendarDate;
  readonly lapse: Lapse | null;
}): CalendarDate {
  if (lapse === null) return periodEnd;
  if (lapse.kind === 'careless') return addMonths(lapse.on, CARELESS_MONTHS);
  return addDays(addMonths(issuedOn, EXCUSED_MONTHS), -1);
}
