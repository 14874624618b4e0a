import type { Clock } from '../clock.ts';
import type { Database } from '../db/database.ts';

/** What a viewing may show now; undefined when there is none of this id. */
export async function findNativeViewing(db: Database, clock: Clock, viewingId: string) {
  return db
    .selectFrom('viewing as w')
    .innerJoin('chapterAttendance as ca', (join) =>
      join.onRef('ca.attendanceId', '=', 'w.attendanceId').onRef('ca.chapterId', '=', 'w.chapterId'),
    )
    .where('w.id', '=', viewingId)
    .select(['w.driverId', 'w.chapterId', 'w.lastBeatAt', 'w.closeReason', 'ca.videoId'])
    .select(['ca.creditedMs', 'ca.reportedMs', 'ca.durationMs', 'ca.gateMs'])
    .select(clock.databaseNow.as('now'))
    .executeTakeFirst();
}
