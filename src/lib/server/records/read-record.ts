import type { CounterOfficer } from '#lib/domain/people/actor.ts';
import { parseRecordNumber, type RecordNumber } from '#lib/domain/records/record-number.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { listUncountedOfRecord } from '../attendance/list-uncounted.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { lineOfLook } from '../audit/look-and-tell.ts';
import type { Reader } from '../db/remember.ts';
import { together } from '../db/together.ts';
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
 * All rows of the view of a record, in one message to the database; meanwhile the look is written into the audit trail, and the proof's
 * signature is checked. Refused before anything is shown or written: `record_number_invalid`, `record_not_found`,
 * `look_reason_required`.
 */
export async function readRecord(app: App, officer: CounterOfficer, typed: string) {
  const recordNumber = parseRecordNumber(typed);
  const line = lineOfLook(officer, { what: WHAT, subjectKind: 'record', detail: { isVia: false } });
  const [told, { reason, ...view }] = await Promise.all([
    // Of an own driver's record, which needs no reason; sent first, because it waits for the disk.
    together(app.pool, (db) => tellOwnLook(db, recordNumber, officer.commissionCode, line)),
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
  const [{ record, driver, isIntact }, rest] = await together(app.pool, (db) => {
    const head = readHead(app, db, recordNumber);
    db.hurry();
    return Promise.all([
      head,
      Promise.all([
        listChaptersTaken(db, recordNumber),
        listCounterActs(db, recordNumber),
        listUncountedOfRecord(db, recordNumber),
        listLectureSignIns(db, recordNumber),
        readFeeTables(db, [officer.commissionCode]),
        readSameDay(db, officer.officeId),
      ]),
    ]);
  });
  if (!record) throw new Refusal('record_not_found');
  if (!driver) throw new Error('a record without a driver');
  const reason = await requireLookReason(app, officer, driver);
  const { homeCommissionCode: home } = driver;
  const isVia = home !== officer.commissionCode;
  const [chapters, acts, uncounted, signIns, ownFeeTables, sameDay] = rest;
  const feeTables = isVia ? await readFeeTables(app.db, [home, officer.commissionCode]) : ownFeeTables;
  const rows = { record, driver, chapters, acts, uncounted, signIns, feeTables, sameDay };
  return { ...rows, reason, isVia, isIntact };
}

/** The record and its person, and whether the record is what was signed. */
async function readHead(app: App, db: Reader, recordNumber: RecordNumber) {
  const [record, driver] = await Promise.all([
    findRecord(db, recordNumber),
    findDriverByRecordNumber(db, recordNumber),
  ]);
  const isIntact =
    record !== undefined && driver !== undefined && (await isRecordIntact(app, record, driver));
  return { record, driver, isIntact };
}
