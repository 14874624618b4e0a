import type { CounterOfficer } from '#lib/domain/people/actor.ts';
import { assessCorrection } from '#lib/domain/records/correction.ts';
import type { Deed, RecordSituation } from '#lib/domain/records/record.ts';
import { assessVia, viaUntil } from '#lib/domain/records/via.ts';
import { tokyoDate, type CalendarDate } from '#lib/domain/renewal/calendar.ts';
import { feeDue, type FeeTable } from '#lib/domain/renewal/fees.ts';
import { HOLDING_TYPES } from '#lib/domain/renewal/lecture-class.ts';
import type { Driver } from '../register/find-driver.ts';
import type { listCounterActs } from './records.queries.ts';

interface Seen {
  readonly driver: Driver;
  readonly record: { readonly periodStart: CalendarDate };
  readonly standing: readonly (Awaited<ReturnType<typeof listCounterActs>>[number] & {
    readonly kind: Deed;
  })[];
  readonly situation: RecordSituation;
  readonly feeTables: readonly FeeTable[];
}

/** What an officer needs beside the record itself: the fees of the day, what 経由地更新 asks for, and what he may take back. */
export function readCounterExtras(
  officer: CounterOfficer,
  { driver, record, standing, situation, feeTables: tables }: Seen,
) {
  const { holdingType: holdingBefore, homeCommissionCode, birthDate, lectureClass } = driver;
  const isVia = homeCommissionCode !== officer.commissionCode;
  const place = { homeCommissionCode, officeCommissionCode: officer.commissionCode };
  const { periodStart } = record;
  const { isSupervisor, periodEnd, today } = situation;
  const hasLapsed = situation.lapse !== null;
  const person = { lectureClass, holdingBefore, birthDate, periodStart, periodEnd, hasLapsed };
  const newest = standing.at(-1);
  const correction = newest &&
    newest.kind !== 'voided' && {
      standing: standing.map((act) => ({ ...act, day: tokyoDate(act.at) })),
      actId: newest.id,
      officerId: officer.officerId,
      isSupervisor,
      today,
    };
  return {
    /** What is due today, by what is held afterwards. */
    fees: HOLDING_TYPES.map((holdingAfter) => ({
      holdingAfter,
      ...feeDue(tables, { holdingBefore, holdingAfter, ...place, on: today }),
    })),
    /** Null at the counter of the home commission. */
    via: isVia ? { until: viaUntil(person), obstacle: assessVia(person, today) } : null,
    /** The newest act that holds, and whether this officer may take it back. */
    correction: correction
      ? { actId: correction.actId, isAllowed: assessCorrection(correction) === null }
      : null,
  };
}
