import { sql } from 'kysely';
import { findDisagreements, type Disagreement } from '#lib/domain/attendance/ledger.ts';
import type { App } from '#lib/server/app.ts';
import { closeLiveViewing } from '#lib/server/attendance/close-live-viewing.ts';
import { readLedger } from '#lib/server/attendance/read-ledger.ts';

/** What the database knows of a person's attendance, at an instant of its own clock; milliseconds. */
export interface Standing {
  readonly at: number;
  readonly creditedMs: number;
  readonly chapters: readonly { chapterId: string; durationMs: number; creditedMs: number }[];
  /** The leases that the person has had, in order. */
  readonly leases: readonly { openedAt: number; lastBeatAt: number; isLive: boolean }[];
  readonly isComplete: boolean;
  readonly records: number;
}

const attendanceOf = (app: App, driverId: string) =>
  app.db
    .selectFrom('attendance')
    .where('driverId', '=', driverId)
    .select(['id', 'driverId', 'periodStart', 'periodEnd', 'completedAt'])
    .executeTakeFirst();

export async function readStanding(app: App, driverId: string): Promise<Standing> {
  const attendance = await attendanceOf(app, driverId);
  const id = attendance?.id ?? null;
  const { now } = await app.db.selectNoFrom(sql<Date>`clock_timestamp()`.as('now')).executeTakeFirstOrThrow();
  const chapters = await app.db
    .selectFrom('chapterAttendance')
    .where('attendanceId', '=', id)
    .orderBy('position')
    .select(['chapterId', 'durationMs', 'creditedMs'])
    .execute();
  const leases = await app.db
    .selectFrom('viewing')
    .where('driverId', '=', driverId)
    .orderBy('openedAt')
    .orderBy('lastBeatAt')
    .select(['openedAt', 'lastBeatAt', 'closedAt'])
    .execute();
  const records = await app.db
    .selectFrom('completionRecord')
    .where('driverId', '=', driverId)
    .select('id')
    .execute();
  return {
    at: now.getTime(),
    chapters,
    creditedMs: chapters.reduce((sum, { creditedMs }) => sum + creditedMs, 0),
    leases: leases.map(({ openedAt, lastBeatAt, closedAt }) => ({
      openedAt: openedAt.getTime(),
      lastBeatAt: lastBeatAt.getTime(),
      isLive: closedAt === null,
    })),
    isComplete: attendance?.completedAt != null,
    records: records.length,
  };
}

/** Ends what is still live and asks the second way to the credit; `period` is left out where a test has moved it. */
export async function readDisagreements(app: App, driverId: string): Promise<Disagreement[]> {
  await app.db.transaction().execute((trx) => closeLiveViewing(app, trx, driverId, 'signedOut'));
  const attendance = await attendanceOf(app, driverId);
  if (!attendance) return [];
  const { chapters } = await readStanding(app, driverId);
  const found = findDisagreements(await readLedger(app.db, attendance, chapters));
  return found.filter(({ kind }) => kind !== 'period');
}
