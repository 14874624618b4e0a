import { sql, type Insertable } from 'kysely';
import type { Clock } from '../clock.ts';
import type { Database, DB, Transaction } from '../db/database.ts';

/** The learner's live viewing, locked; undefined when no player is open. */
export async function lockLiveViewing(trx: Transaction<DB>, clock: Clock, driverId: string) {
  return trx
    .selectFrom('viewing')
    .where('driverId', '=', driverId)
    .where('closedAt', 'is', null)
    .select(['id', 'attendanceId', 'chapterId', 'sequence', 'lastBeatAt', 'pausedSince'])
    .select(['runFromMs', 'runToMs', 'runStartedAt', 'runEndedAt'])
    .select(clock.databaseNow.as('now'))
    .forUpdate()
    .executeTakeFirst();
}

/**
 * The instant from which a new lease of this attendance may count: now, but never before the last heartbeat of an earlier one,
 * so that no instant belongs to two leases, neither in a race nor after the clock has stepped back. To be asked when no
 * viewing is live any more.
 */
export async function getLeaseStart(trx: Transaction<DB>, clock: Clock, attendanceId: string): Promise<Date> {
  const row = await trx
    .selectFrom('viewing')
    .where('attendanceId', '=', attendanceId)
    .select((eb) => [clock.databaseNow.as('now'), eb.fn.max('lastBeatAt').as('lastBeatAt')])
    .executeTakeFirstOrThrow();
  return row.lastBeatAt && row.lastBeatAt > row.now ? row.lastBeatAt : row.now;
}

/** How many viewings the person has opened in the last minute of the database's clock. */
export async function countLateOpenings(trx: Transaction<DB>, clock: Clock, driverId: string) {
  const { count } = await trx
    .selectFrom('viewing')
    .where('driverId', '=', driverId)
    .where(
      sql<boolean>`opened_at between ${clock.databaseNow} - interval '1 minute' and ${clock.databaseNow}`,
    )
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

export async function insertViewing(
  trx: Transaction<DB>,
  viewing: Insertable<DB['viewing']>,
): Promise<string> {
  const { id } = await trx.insertInto('viewing').values(viewing).returning('id').executeTakeFirstOrThrow();
  return id;
}

export async function listDriversWithSilentViewing(
  db: Database,
  before: Date,
  limit: number,
): Promise<string[]> {
  const rows = await db
    .selectFrom('viewing')
    .where('closedAt', 'is', null)
    .where('lastBeatAt', '<', before)
    .select('driverId')
    .limit(limit)
    .execute();
  return rows.map((row) => row.driverId);
}
