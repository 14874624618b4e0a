import ical, { ICalAlarmType, ICalCalendarMethod } from 'ical-generator';
import type { CalendarDate } from '#lib/domain/renewal/calendar.ts';

const DAY_S = 24 * 3_600;
const NINE_O_CLOCK_S = 9 * 3_600;
/** People are reminded at nine in the morning, so many days before. */
const REMINDERS_DAYS = [14, 3, 1];

export interface LastDay {
  /** Of the record: who fetches the file again gets the same event again. */
  readonly recordNumber: string;
  readonly issuedAt: Date;
  readonly lastDay: CalendarDate;
  readonly title: string;
  readonly description: string;
  readonly url: string | null;
}

/** The last day for the renewal as an iCalendar file (RFC 5545): a whole day without a time zone, with reminders. */
export function recordCalendar({
  recordNumber,
  issuedAt,
  lastDay,
  title,
  description,
  url,
}: LastDay): string {
  const calendar = ical({ prodId: '//Koshu//record//JA', method: ICalCalendarMethod.PUBLISH });
  const event = calendar.createEvent({
    id: `${recordNumber}@koshu`,
    stamp: issuedAt,
    start: new Date(`${lastDay}T00:00:00Z`),
    allDay: true,
    summary: title,
    description,
    ...(url !== null && { url }),
  });
  for (const days of REMINDERS_DAYS) {
    const beforeS = days * DAY_S - NINE_O_CLOCK_S;
    event.createAlarm({ type: ICalAlarmType.display, trigger: beforeS, description: title });
  }
  return calendar.toString();
}
