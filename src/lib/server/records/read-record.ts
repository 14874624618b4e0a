import { setImmediate } from 'node:timers/promises';
import type { CounterOfficer } from '#lib/domain/people/actor.ts';
import { parseRecordNumber } from '#lib/domain/records/record-number.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { listPresence } from '../attendance/list-presence.ts';
import { listUncounted } from '../attendance/list-uncounted.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { readFeeTables } from '../fees/list-fee-tables.ts';
import { requireLookReason } from '../looks/look-reason.ts';
import { readSameDay } from '../officers/same-day.ts';
import { findDriverByRecordNumber } from '../register/find-driver.ts';
import { listLectureSignIns } from '../sessions/lecture-sign-ins.ts';
import { findRecord, listChaptersTaken } from './counter.queries.ts';
import { isRecordIntact } from './is-record-intact.ts';
import { listCounterActs } from './records.queries.ts';

/**
 * All rows of the view of a record, in two round trips over prepared statements; meanwhile the look is written into the audit trail
 * and the proof's signature checked. Refused before anything is shown or written: `record_number_invalid`, `record_not_found`,
 * `look_reason_required`.
 */
export async function readRecord(app: App, officer: CounterOfficer, typed: string) {
  const recordNumber = parseRecordNumber(typed);
  const db = app.prepared;
  const [record, driver] = await Promise.all([
    findRecord(db, recordNumber),
    findDriverByRecordNumber(db, recordNumber),
  ]);
  if (!record) throw new Refusal('record_not_found');
  if (!driver) throw new Error('a record without a driver');
  const reason = await requireLookReason(app, officer, driver);
  const isVia = driver.homeCommissionCode !== officer.commissionCode;
  const { attendanceId } = record;
  const reading = Promise.all([
    appendAudit(app.db, officer, {
      what: 'record.checked',
      subject: { kind: 'record', id: record.id },
      detail: { state: record.state, isVia, ...(reason !== null && { reason }) },
    }),
    listChaptersTaken(db, attendanceId),
    listCounterActs(db, record.id),
    listUncounted({ db }, attendanceId),
    listPresence({ db }, attendanceId),
    listLectureSignIns(db, attendanceId),
    readFeeTables(db, [driver.homeCommissionCode, officer.commissionCode]),
    readSameDay(db, officer.officeId),
  ]);
  // What is asked of the database is on its way before the processor begins with the signature.
  const [[, chapters, acts, { told: uncounted }, presence, signIns, feeTables, sameDay], isIntact] =
    await Promise.all([reading, setImmediate().then(() => isRecordIntact(app, record, driver))]);
  return {
    record,
    driver,
    isVia,
    chapters,
    acts,
    uncounted,
    presence,
    signIns,
    feeTables,
    sameDay,
    isIntact,
  };
}
