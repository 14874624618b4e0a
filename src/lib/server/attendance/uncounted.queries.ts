import { sql } from 'kysely';
import type { MediaInterval } from '#lib/domain/attendance/range.ts';
import type { UncountedCause } from '#lib/domain/attendance/uncounted.ts';
import type { Database } from '../db/database.ts';
import { rememberRows } from '../db/remember.ts';
import { runStatement, type Writer } from './heartbeat.queries.ts';

/** A report that was not counted, or not all of it. */
export interface UncountedReport {
  readonly attendanceId: string;
  readonly chapterId: string;
  readonly viewingId: string;
  readonly reason: Exclude<UncountedCause, 'presenceMissed'> | 'malformed' | 'out_of_sequence';
  readonly at: Date;
  /** Of a viewing that is over there is one row for each reason, however long and often it goes on to report. */
  readonly isOver: boolean;
  readonly media: MediaInterval | null;
}

const MINUTE_MS = 60_000;
/** More than an honest person could come to; for the sake of the page. */
const MAX_ROWS = 500;

/** At most one of a viewing at a time. What is said again in the same minute makes its row longer, and its media are counted once. */
export async function appendUncounted(writer: Writer, reports: readonly UncountedReport[]): Promise<void> {
  if (reports.length === 0) return;
  const minuteOf = ({ at, isOver }: UncountedReport) => (isOver ? 0 : Math.floor(at.getTime() / MINUTE_MS));
  await runStatement(
    writer,
    sql`insert into uncounted_time as u
          (attendance_id, chapter_id, viewing_id, reason, minute, first_at, last_at, from_ms, to_ms, ms)
        select r.attendance_id, r.chapter_id, r.viewing_id, r.reason, r.minute, r.at, r.at, r.from_ms, r.to_ms, r.to_ms - r.from_ms
          from unnest(
            ${reports.map(({ attendanceId }) => attendanceId)}::uuid[],
            ${reports.map(({ chapterId }) => chapterId)}::uuid[],
            ${reports.map(({ viewingId }) => viewingId)}::uuid[],
            ${reports.map(({ reason }) => reason)}::text[],
            ${reports.map(minuteOf)}::integer[],
            ${reports.map(({ at }) => at.toISOString())}::timestamptz[],
            ${reports.map(({ media }) => media?.fromMs ?? 0)}::integer[],
            ${reports.map(({ media }) => media?.toMs ?? 0)}::integer[]
          ) as r(attendance_id, chapter_id, viewing_id, reason, minute, at, from_ms, to_ms)
        on conflict (viewing_id, reason, minute) do update set
          reports = u.reports + 1, last_at = greatest(u.last_at, excluded.last_at),
          from_ms = least(u.from_ms, excluded.from_ms), to_ms = greatest(u.to_ms, excluded.to_ms),
          ms = least(u.ms + excluded.ms, greatest(u.to_ms, excluded.to_ms) - least(u.from_ms, excluded.from_ms))`,
  );
}

const attendanceOf = (db: Database, recordNumber: string) =>
  db.selectFrom('completionRecord').where('recordNumber', '=', recordNumber).select('attendanceId');

/** For the attendance that has become a record of this number. */
export const listUncountedMediaOfRecord = rememberRows((db, recordNumber: string) =>
  selectUncountedMedia(db, attendanceOf(db, recordNumber)),
);

export const listUncountedMedia = rememberRows((db, attendanceId: string) =>
  selectUncountedMedia(db, attendanceId),
);

/**
 * What was reported and not counted, one row for each viewing and reason, and what became void by presence checks that were not answered;
 * milliseconds of media. What was beyond what could be played, and was counted when the same viewing said it again, is not in it. At most
 * MAX_ROWS, the newest.
 */
function selectUncountedMedia(db: Database, attendanceId: string | ReturnType<typeof attendanceOf>) {
  return db
    .selectFrom('uncountedTime as u')
    .innerJoin('viewing as v', 'v.id', 'u.viewingId')
    .innerJoin('chapterAttendance as ca', (join) =>
      join.onRef('ca.attendanceId', '=', 'u.attendanceId').onRef('ca.chapterId', '=', 'u.chapterId'),
    )
    .where('u.attendanceId', '=', attendanceId)
    .where('u.reason', 'not in', ['malformed', 'out_of_sequence'])
    .groupBy(['u.viewingId', 'u.reason', 'ca.position'])
    .select((eb) => [
      'ca.position',
      sql<UncountedCause>`u.reason`.as('cause'),
      eb.fn.min('u.firstAt').as('from'),
      eb.fn.max('u.lastAt').as('until'),
      sql<number>`sum(case when u.reason = 'beyond_released'
                           then greatest(0, least(u.ms, u.to_ms - v.run_to_ms)) else u.ms end)::float8`.as(
        'ms',
      ),
    ])
    .unionAll(
      db
        .selectFrom('leaseEvent as e')
        .innerJoin('chapterAttendance as ca', (join) =>
          join.onRef('ca.attendanceId', '=', 'e.attendanceId').onRef('ca.chapterId', '=', 'e.chapterId'),
        )
        .where('e.attendanceId', '=', attendanceId)
        .where('e.kind', '=', 'presence')
        .where('e.reason', '=', 'missed')
        .select([
          'ca.position',
          sql<UncountedCause>`'presenceMissed'`.as('cause'),
          'e.at as from',
          'e.at as until',
          sql<number>`(e.detail->>'ms')::float8`.as('ms'),
        ]),
    )
    .orderBy('until', 'desc')
    .limit(MAX_ROWS);
}
