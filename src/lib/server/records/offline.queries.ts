import type { Insertable } from 'kysely';
import type { OfflineConflict, OfflineKind } from '#lib/domain/records/offline.ts';
import type { RecordState } from '#lib/domain/records/record.ts';
import type { RefusalCode } from '#lib/domain/refusal.ts';
import type { Database, DB, Transaction } from '../db/database.ts';

export type OfflineOutcome = 'applied' | 'repeated' | 'conflict';

export function findOfflineDecision(db: Database | Transaction<DB>, id: string) {
  return db
    .selectFrom('offlineDecision')
    .where('id', '=', id)
    .select('outcome')
    .$narrowType<{ outcome: OfflineOutcome }>()
    .executeTakeFirst();
}

/** Returns false when a decision of this id is kept already. */
export async function insertOfflineDecision(
  trx: Transaction<DB>,
  decision: Insertable<DB['offlineDecision']>,
): Promise<boolean> {
  const inserted = await trx
    .insertInto('offlineDecision')
    .values(decision)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

export async function insertOfflineConflict(
  trx: Transaction<DB>,
  conflict: Insertable<DB['offlineConflict']>,
): Promise<void> {
  await trx.insertInto('offlineConflict').values(conflict).execute();
}

/** How a record stands, and who accepted or rejected it last; what was taken back is not meant. */
export async function findMetRecord(trx: Transaction<DB>, recordNumber: string) {
  const record = await trx
    .selectFrom('completionRecord')
    .where('recordNumber', '=', recordNumber)
    .select(['id', 'state'])
    .$narrowType<{ state: RecordState }>()
    .executeTakeFirst();
  if (!record) return null;
  const decided = await trx
    .selectFrom('counterAct')
    .where('recordId', '=', record.id)
    .where('kind', 'in', ['accepted', 'rejected'])
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('counterAct as back').whereRef('back.takesBack', '=', 'counterAct.id').select('back.id'),
        ),
      ),
    )
    .orderBy('id', 'desc')
    .select(['kind', 'officerId', 'officeId', 'at'])
    .$narrowType<{ kind: OfflineKind }>()
    .executeTakeFirst();
  return { ...record, decided: decided ?? null };
}

/** Whether an officer may decide what supervisors decide, and since when he is shut out. */
export function getDecider(db: Database, officerId: string) {
  return db
    .selectFrom('officer')
    .where('id', '=', officerId)
    .select(['isSupervisor', 'disabledAt'])
    .executeTakeFirstOrThrow();
}

export async function getCommissionOfOffice(
  db: Database | Transaction<DB>,
  officeId: string,
): Promise<string> {
  const office = db.selectFrom('office').where('id', '=', officeId).select('commissionCode');
  return (await office.executeTakeFirstOrThrow()).commissionCode;
}

/** Of one commission: the open ones first, then the newest. */
export function listOfflineConflicts(db: Database, commissionCode: string, limit: number) {
  return db
    .selectFrom('offlineConflict as c')
    .innerJoin('offlineDecision as d', 'd.id', 'c.decisionId')
    .innerJoin('officer as by', 'by.id', 'd.decidedBy')
    .innerJoin('officer as sender', 'sender.id', 'd.sentBy')
    .innerJoin('office', 'office.id', 'd.officeId')
    .leftJoin('officer as resolver', 'resolver.id', 'c.resolvedBy')
    .where('c.commissionCode', '=', commissionCode)
    .orderBy('c.resolvedAt', (order) => order.desc().nullsFirst())
    .orderBy('c.foundAt')
    .limit(limit)
    .select(['c.id', 'c.kind', 'c.refusal', 'c.foundAt', 'c.resolvedAt', 'c.resolution'])
    .select(['d.recordNumber', 'd.recordId', 'd.kind as decision', 'd.reason', 'd.note', 'd.decidedAt'])
    .select(['by.name as decidedByName', 'sender.name as sentByName', 'resolver.name as resolvedByName'])
    .select(['office.nameJa as officeNameJa', 'office.nameEn as officeNameEn'])
    .$narrowType<{ kind: OfflineConflict; decision: OfflineKind; refusal: RefusalCode | null }>()
    .execute();
}

/** How many are not settled yet. */
export async function countOpenConflicts(db: Database, commissionCode: string): Promise<number> {
  const { count } = await db
    .selectFrom('offlineConflict')
    .where('commissionCode', '=', commissionCode)
    .where('resolvedAt', 'is', null)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

/** Writes how an open one was settled; false when it is not there, not of this commission, or settled already. */
export async function markConflictResolved(
  trx: Transaction<DB>,
  { id, commissionCode }: { readonly id: string; readonly commissionCode: string },
  resolved: { readonly resolvedAt: Date; readonly resolvedBy: string; readonly resolution: string },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('offlineConflict')
    .set(resolved)
    .where('id', '=', id)
    .where('commissionCode', '=', commissionCode)
    .where('resolvedAt', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
