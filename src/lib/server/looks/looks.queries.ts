import type { Insertable } from 'kysely';
import type { LookReason } from '#lib/domain/audit/looks.ts';
import type { Database, DB, Transaction } from '../db/database.ts';
import { rememberRow } from '../db/remember.ts';

/** The newest reason that was given in this session for this driver since then. */
export const findLookReason = rememberRow(
  (db, driverId: string, sessionIdSha256: string, officerId: string, since: Date) =>
    db
      .selectFrom('lookReason')
      .where('driverId', '=', driverId)
      .where('sessionIdSha256', '=', sessionIdSha256)
      .where('officerId', '=', officerId)
      .where('givenAt', '>', since)
      .orderBy('givenAt', 'desc')
      .limit(1)
      .select('reason')
      .$narrowType<{ reason: LookReason }>(),
);

/** Answers its id. */
export async function insertLookReason(
  trx: Transaction<DB>,
  reason: Insertable<DB['lookReason']>,
): Promise<string> {
  const { id } = await trx.insertInto('lookReason').values(reason).returning('id').executeTakeFirstOrThrow();
  return id;
}

export function listRecordIds(db: Database, driverId: string) {
  return db.selectFrom('completionRecord').where('driverId', '=', driverId).select('id').execute();
}

export function listOffices(db: Database, ids: readonly string[]) {
  return db
    .selectFrom('office')
    .innerJoin('commission', 'commission.code', 'office.commissionCode')
    .where('office.id', 'in', [...ids])
    .select(['office.id', 'office.nameJa', 'office.nameEn'])
    .select(['commission.nameJa as commissionNameJa', 'commission.nameEn as commissionNameEn'])
    .execute();
}
