import type { Database, DB, Transaction } from '../db/database.ts';

type Queryable = Database | Transaction<DB>;

export async function listIntervals(db: Queryable, attendanceId: string) {
  return db
    .selectFrom('watchedInterval')
    .where('attendanceId', '=', attendanceId)
    .orderBy('id')
    .select(['chapterId', 'viewingId', 'fromMs', 'toMs', 'startedAt', 'endedAt'])
    .execute();
}

/** When the person of an attendance was watching for another one. */
export async function listIntervalsElsewhere(
  db: Queryable,
  { attendanceId, driverId }: { attendanceId: string; driverId: string },
) {
  return db
    .selectFrom('attendance as a')
    .innerJoin('watchedInterval as w', 'w.attendanceId', 'a.id')
    .where('a.driverId', '=', driverId)
    .where('a.id', '!=', attendanceId)
    .select(['w.startedAt', 'w.endedAt'])
    .execute();
}

/** Openings, chapter ends, answers, photos and presence checks: the events that a completion rests on. */
export async function listSteps(db: Queryable, attendanceId: string) {
  return db
    .selectFrom('leaseEvent')
    .where('attendanceId', '=', attendanceId)
    .where('kind', 'in', ['opened', 'gate', 'answer', 'photo', 'presence'])
    .orderBy('id')
    .select(['id', 'chapterId', 'viewingId', 'kind', 'at', 'reason', 'detail'])
    .execute();
}
