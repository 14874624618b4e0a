import { setImmediate } from 'node:timers/promises';
import type { CounterOfficer } from '#lib/domain/people/actor.ts';
import { parseRecordNumber, type RecordNumber } from '#lib/domain/records/record-number.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { listUncounted } from '../attendance/list-uncounted.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { lineOfLook } from '../audit/look-and-tell.ts';
import { readFeeTables } from '../fees/list-fee-tables.ts';
import { requireLookReason } from '../looks/look-reason.ts';
import { readSameDay } from '../officers/same-day.ts';
import { findDriverByRecordNumber } from '../register/find-driver.ts';
import { listLectureSignIns } from '../sessions/lecture-sign-ins.ts';
import { findRecord, listChaptersTaken, tellOwnLook } from './counter.queries.ts';
import { isRecordIntact } from './is-record-intact.ts';
import { listCounterActs } from './records.queries.ts';

const WHAT = 'record.checked';

/**
 * All rows of the view of a record, in two round trips over prepared statements; meanwhile the look is written into the audit trail
 * and the proof's signature checked. Refused before anything is shown or written: `record_number_invalid`, `record_not_found`,
 * `look_reason_required`.
 */
export async function readRecord(app: App, officer: CounterOfficer, typed: string) {
  const recordNumber = parseRecordNumber(typed);
  const line = lineOfLook(officer, { what: WHAT, subjectKind: 'record', detail: { isVia: false } });
  const [told, { reason, ...view }] = await Promise.all([
    // Of an own driver's record, which needs no reason; sent first, because it waits for the disk.
    tellOwnLook(app.db, recordNumber, officer.commissionCode, line),
    readView(app, officer, recordNumber),
  ]);
  const { record, isVia } = view;
  if (!told) {
    const detail = { state: record.state, isVia, ...(reason !== null && { reason }) };
    await appendAudit(app.db, officer, { what: WHAT, subject: { kind: 'record', id: record.id }, detail });
  }
  return view;
}

async function readView(app: App, officer: CounterOfficer, recordNumber: RecordNumber) {
  const db = app.prepared;
  const [record, driver] = await Promise.all([
    findRecord(db, recordNumber),
    findDriverByRecordNumber(db, recordNumber),
  ]);
  if (!record) throw new Refusal('record_not_found');
  if (!driver) throw new Error('a record without a driver');
  const reason = await requireLookReason(app, officer, driver);
  const { attendanceId } = record;
  const reading = Promise.all([
    listChaptersTaken(db, attendanceId),
    listCounterActs(db, record.id),
    listUncounted({ db }, attendanceId),
    listLectureSignIns(db, attendanceId),
    readFeeTables(db, [driver.homeCommissionCode, officer.commissionCode]),
    readSameDay(db, officer.officeId),
  ]);
  // What is asked of the database is on its way before the processor begins with the signature.
  const [[chapters, acts, { told: uncounted }, signIns, feeTables, sameDay], isIntact] = await Promise.all([
    reading,
    setImmediate().then(() => isRecordIntact(app, record, driver)),
  ]);
  return {
    record,
    driver,
    reason,
    isVia: driver.homeCommissionCode !== officer.commissionCode,
    chapters,
    acts,
    uncounted,
    signIns,
    feeTables,
    sameDay,
    isIntact,
  };
}
