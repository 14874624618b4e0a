import type { Insertable } from 'kysely';
import type { ActKind, RecordState } from '#lib/domain/records/record.ts';
import type { OnlineLectureClass } from '#lib/domain/renewal/lecture-class.ts';
import type { Database, DB, Transaction } from '../db/database.ts';
import { rememberRows } from '../db/remember.ts';

type Queryable = Database | Transaction<DB>;

/** What the proof of a record says of the lecture, and whose it is. */
export function getLectureFacts(trx: Transaction<DB>, attendanceId: string) {
  return trx
    .selectFrom('attendance as a')
    .innerJoin('edition as e', 'e.id', 'a.editionId')
    .innerJoin('lecture as l', 'l.id', 'e.lectureId')
    .innerJoin('driver as d', 'd.id', 'a.driverId')
    .where('a.id', '=', attendanceId)
    .select(['l.commissionCode', 'e.number as editionNumber', 'd.licenceNumber'])
    .executeTakeFirstOrThrow();
}

/** Records from before there were proofs, locked. */
export function lockUnsignedRecords(trx: Transaction<DB>, limit: number) {
  return trx
    .selectFrom('completionRecord')
    .where('proof', 'is', null)
    .orderBy('id')
    .limit(limit)
    .select(['id', 'recordNumber', 'attendanceId', 'lectureClass', 'periodStart', 'periodEnd', 'issuedAt'])
    .$narrowType<{ lectureClass: OnlineLectureClass }>()
    .forUpdate()
    .execute();
}

export async function updateProof(
  trx: Transaction<DB>,
  recordId: string,
  signed: { proof: string; signingKeyId: string },
): Promise<void> {
  await trx.updateTable('completionRecord').set(signed).where('id', '=', recordId).execute();
}

/** Undefined when the number is already another record's. */
export function insertRecord(trx: Transaction<DB>, record: Insertable<DB['completionRecord']>) {
  return trx
    .insertInto('completionRecord')
    .values(record)
    .onConflict((conflict) => conflict.column('recordNumber').doNothing())
    .returning('id')
    .executeTakeFirst();
}

/** The learner's newest record with the lecture it is for. */
export function findLatestRecord(db: Queryable, driverId: string) {
  return db
    .selectFrom('completionRecord as r')
    .innerJoin('edition as e', 'e.id', 'r.editionId')
    .innerJoin('lecture as l', 'l.id', 'e.lectureId')
    .where('r.driverId', '=', driverId)
    .orderBy('r.issuedAt', 'desc')
    .select([
      'r.recordNumber',
      'r.lectureClass',
      'r.periodStart',
      'r.periodEnd',
      'r.issuedAt',
      'r.state',
      'r.proof',
    ])
    .select(['l.titleJa', 'l.titleEn', 'e.number as editionNumber'])
    .$narrowType<{ lectureClass: OnlineLectureClass; state: RecordState }>()
    .executeTakeFirst();
}

/** Serialises the officers who act on one record. */
export function lockRecord(trx: Transaction<DB>, recordNumber: string) {
  return trx
    .selectFrom('completionRecord')
    .where('recordNumber', '=', recordNumber)
    .select([
      'id',
      'recordNumber',
      'attendanceId',
      'driverId',
      'lectureClass',
      'periodStart',
      'periodEnd',
      'issuedAt',
    ])
    .select(['state', 'version', 'proof', 'signingKeyId'])
    .$narrowType<{ lectureClass: OnlineLectureClass; state: RecordState }>()
    .forUpdate()
    .executeTakeFirst();
}

export async function updateRecordState(
  trx: Transaction<DB>,
  recordId: string,
  { state, version }: { state: RecordState; version: number },
): Promise<void> {
  await trx.updateTable('completionRecord').set({ state, version }).where('id', '=', recordId).execute();
}

export async function appendCounterAct(
  trx: Transaction<DB>,
  act: Insertable<DB['counterAct']>,
): Promise<void> {
  await trx.insertInto('counterAct').values(act).execute();
}

/** All that was done with the record of this number, oldest first, with who and where. */
export const listCounterActs = rememberRows((db, recordNumber: string) =>
  db
    .selectFrom('completionRecord as r')
    .innerJoin('counterAct as act', 'act.recordId', 'r.id')
    .innerJoin('officer', 'officer.id', 'act.officerId')
    .innerJoin('office', 'office.id', 'act.officeId')
    .leftJoin('offlineDecision as offline', (join) =>
      join
        .onRef('offline.recordId', '=', 'act.recordId')
        .onRef('offline.kind', '=', 'act.kind')
        .onRef('offline.decidedAt', '=', 'act.at')
        .onRef('offline.decidedBy', '=', 'act.officerId')
        .on('offline.outcome', '=', 'applied'),
    )
    .where('r.recordNumber', '=', recordNumber)
    .orderBy('act.recordVersion')
    .select(['act.id', 'act.kind', 'act.at', 'act.reason', 'act.detail', 'act.takesBack', 'act.officerId'])
    .select(['officer.name as officerName', 'office.nameJa as officeNameJa', 'office.nameEn as officeNameEn'])
    .select(['office.commissionCode', 'offline.receivedAt as offlineReceivedAt'])
    .$narrowType<{ kind: ActKind }>(),
);
