import { lapseSince } from '#lib/domain/records/lapse.ts';
import type { RecordSituation, RecordState } from '#lib/domain/records/record.ts';
import { tokyoDate, type CalendarDate } from '#lib/domain/renewal/calendar.ts';
import { extendedEnd } from '#lib/domain/renewal/period.ts';
import type { OnlineLectureClass } from '#lib/domain/renewal/lecture-class.ts';
import type { Driver } from '../register/find-driver.ts';
import { HOLIDAYS } from '../register/holidays.ts';
import type { RecordedTest } from './latest-test.ts';

interface StoredRecord {
  readonly state: RecordState;
  readonly lectureClass: OnlineLectureClass;
  readonly periodStart: CalendarDate;
  readonly periodEnd: CalendarDate;
  readonly issuedAt: Date;
}

/** What the rules look at: the record, what the register says of its person now, the day, and who looks. */
export function situationOf(
  { state, lectureClass, periodStart, periodEnd, issuedAt }: StoredRecord,
  driver: Driver,
  { now, test, isSupervisor }: { now: Date; test: RecordedTest | null; isSupervisor: boolean },
): RecordSituation {
  const issuedOn = tokyoDate(issuedAt);
  return {
    state,
    lectureClass,
    periodEnd: extendedEnd({ start: periodStart, end: periodEnd }, driver, HOLIDAYS),
    issuedOn,
    lapse: lapseSince(issuedOn, driver),
    isSupervisor,
    currentClass: driver.lectureClass,
    today: tokyoDate(now),
    isAptitudeTestPassed: test && test.faults.length === 0,
  };
}
