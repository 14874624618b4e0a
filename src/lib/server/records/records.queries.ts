import type { Insertable } from 'kysely';
import type { DB, Transaction } from '../db/database.ts';

/** What the statement says beyond the attendance itself. */
export async function getStatementFacts(trx: Transaction<DB>, attendanceId: string) {
  return trx
    .selectFrom('attendance as a')
    .innerJoin('driver as d', 'd.id', 'a.driverId')
    .innerJoin('edition as e', 'e.id', 'a.editionId')
    .innerJoin('lecture as l', 'l.id', 'e.lectureId')
    .where('a.id', '=', attendanceId)
    .select(['d.licenceNumber', 'e.number as editionNumber', 'l.commissionCode'])
    .select((eb) =>
      eb
        .selectFrom('chapterAttendance as c')
        .whereRef('c.attendanceId', '=', 'a.id')
        .select(({ fn }) => fn.sum<number>('c.creditedMs').as('creditedMs'))
        .as('creditedMs'),
    )
    .executeTakeFirstOrThrow();
}

/** The new record's id; undefined when its number is taken. */
export async function insertRecord(
  trx: Transaction<DB>,
  record: Insertable<DB['completionRecord']>,
): Promise<string | undefined> {
  const row = await trx
    .insertInto('completionRecord')
    .values(record)
    .onConflict((conflict) => conflict.column('recordNumber').doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}
