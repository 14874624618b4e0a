import { sql } from 'kysely';
import type { HeartbeatDecision, Lease, Run } from '#lib/domain/attendance/credit.ts';
import type { Clock } from '../clock.ts';
import type { DB, Transaction } from '../db/database.ts';

export interface LockedViewing {
  readonly id: string;
  readonly attendanceId: string;
  readonly chapterId: string;
  readonly driverId: string;
  readonly now: Date;
  readonly closeReason: string | null;
  readonly sequence: number;
  readonly lastBeatAt: Date;
  readonly pausedSince: Date | null;
  readonly runFromMs: number;
  readonly runToMs: number;
  readonly runStartedAt: Date;
  readonly runEndedAt: Date;
  readonly creditedMs: number;
  readonly reportedMs: number;
  readonly durationMs: number;
  /** The last day, in Japan, of the renewal period that the attendance serves. */
  readonly periodEnd: string;
}

/**
 * Locks the viewings in the order of their ids, so that two batches never wait for each other, and reads them with the
 * database's clock. Unknown ids are simply missing.
 */
export async function lockViewings(
  trx: Transaction<DB>,
  clock: Clock,
  ids: readonly string[],
): Promise<LockedViewing[]> {
  return trx
    .selectFrom('viewing as v')
    .innerJoin('chapterAttendance as c', (join) =>
      join.onRef('c.attendanceId', '=', 'v.attendanceId').onRef('c.chapterId', '=', 'v.chapterId'),
    )
    .innerJoin('attendance as a', 'a.id', 'v.attendanceId')
    .where(sql<boolean>`v.id = any(${ids}::uuid[])`)
    .orderBy('v.id')
    .select([
      'v.id',
      'v.attendanceId',
      'v.chapterId',
      'v.driverId',
      'v.closeReason',
      'v.sequence',
      'v.lastBeatAt',
    ])
    .select(['v.pausedSince', 'v.runFromMs', 'v.runToMs', 'v.runStartedAt', 'v.runEndedAt'])
    .select(['c.creditedMs', 'c.reportedMs', 'c.durationMs', 'a.periodEnd'])
    .select(clock.databaseNow.as('now'))
    .forUpdate(['v', 'c'])
    .execute();
}

type LeaseColumns =
  'sequence' | 'lastBeatAt' | 'pausedSince' | 'runFromMs' | 'runToMs' | 'runStartedAt' | 'runEndedAt';

/** The lease that a viewing's row holds, in epoch milliseconds. */
export function leaseOf(viewing: Pick<LockedViewing, LeaseColumns>): Lease {
  return {
    sequence: viewing.sequence,
    lastBeatAt: viewing.lastBeatAt.getTime(),
    pausedSince: viewing.pausedSince?.getTime() ?? null,
    run: {
      fromMs: viewing.runFromMs,
      toMs: viewing.runToMs,
      startedAt: viewing.runStartedAt.getTime(),
      endedAt: viewing.runEndedAt.getTime(),
    },
  };
}

type Credited = Extract<HeartbeatDecision, { kind: 'credited' }>;

const instant = (epochMs: number) => new Date(epochMs).toISOString();

/** One statement for all credited heartbeats of a batch: leases and frontiers. */
export async function updateCredited(
  trx: Transaction<DB>,
  settled: readonly { viewing: LockedViewing; decision: Credited }[],
): Promise<void> {
  if (settled.length === 0) return;
  const column = <T>(pick: (entry: { viewing: LockedViewing; decision: Credited }) => T) => settled.map(pick);
  await sql`
    with beat as (
      select * from unnest(
        ${column(({ viewing }) => viewing.id)}::uuid[],
        ${column(({ viewing }) => viewing.attendanceId)}::uuid[],
        ${column(({ viewing }) => viewing.chapterId)}::uuid[],
        ${column(({ decision }) => decision.lease.sequence)}::integer[],
        ${column(({ decision }) => instant(decision.lease.lastBeatAt))}::timestamptz[],
        ${column(({ decision: { lease } }) => (lease.pausedSince === null ? null : instant(lease.pausedSince)))}::timestamptz[],
        ${column(({ decision }) => decision.lease.run.fromMs)}::integer[],
        ${column(({ decision }) => decision.lease.run.toMs)}::integer[],
        ${column(({ decision }) => instant(decision.lease.run.startedAt))}::timestamptz[],
        ${column(({ decision }) => instant(decision.lease.run.endedAt))}::timestamptz[],
        ${column(({ decision }) => decision.isChapterWatched)}::boolean[],
        ${column(({ decision }) => decision.credit.creditedMs)}::integer[],
        ${column(({ decision }) => decision.credit.reportedMs)}::integer[]
      ) as b(id, attendance_id, chapter_id, sequence, last_beat_at, paused_since,
             run_from_ms, run_to_ms, run_started_at, run_ended_at, is_watched, credited_ms, reported_ms)
    ), lease as (
      update viewing v
         set sequence = b.sequence, last_beat_at = b.last_beat_at, paused_since = b.paused_since,
             run_from_ms = b.run_from_ms, run_to_ms = b.run_to_ms,
             run_started_at = b.run_started_at, run_ended_at = b.run_ended_at,
             closed_at = case when b.is_watched then b.last_beat_at end,
             close_reason = case when b.is_watched then 'chapterDone' end
        from beat b where v.id = b.id
    )
    update chapter_attendance c set credited_ms = b.credited_ms, reported_ms = b.reported_ms
      from beat b where c.attendance_id = b.attendance_id and c.chapter_id = b.chapter_id`.execute(trx);
}

export interface LedgerRun {
  readonly attendanceId: string;
  readonly chapterId: string;
  readonly viewingId: string;
  readonly run: Run;
}

/** Appends closed runs to the ledger. */
export async function appendWatchedIntervals(
  trx: Transaction<DB>,
  runs: readonly LedgerRun[],
): Promise<void> {
  if (runs.length === 0) return;
  await trx
    .insertInto('watchedInterval')
    .values(
      runs.map(({ attendanceId, chapterId, viewingId, run }) => ({
        attendanceId,
        chapterId,
        viewingId,
        fromMs: run.fromMs,
        toMs: run.toMs,
        startedAt: instant(run.startedAt),
        endedAt: instant(run.endedAt),
      })),
    )
    .execute();
}

export interface LeaseEvent {
  readonly attendanceId: string;
  readonly chapterId: string;
  readonly viewingId: string | null;
  readonly at: Date;
  readonly kind: 'opened' | 'closed' | 'refused' | 'gate' | 'answer' | 'photo';
  readonly reason?: string;
  readonly detail?: Readonly<Record<string, string | number>>;
}

/** Appends what happened to viewings and gates. */
export async function appendLeaseEvents(trx: Transaction<DB>, events: readonly LeaseEvent[]): Promise<void> {
  if (events.length === 0) return;
  await trx
    .insertInto('leaseEvent')
    .values(
      events.map(({ reason = null, detail = {}, ...event }) => ({
        ...event,
        reason,
        detail: JSON.stringify(detail),
      })),
    )
    .execute();
}

/** Closes leases at the instant that is given for each: its last heartbeat, never later. */
export async function closeViewings(
  trx: Transaction<DB>,
  closings: readonly { viewing: Pick<LockedViewing, 'id'>; at: number; reason: string }[],
): Promise<void> {
  for (const { viewing, at, reason } of closings) {
    await trx
      .updateTable('viewing')
      .set({ closedAt: instant(at), closeReason: reason })
      .where('id', '=', viewing.id)
      .where('closedAt', 'is', null)
      .execute();
  }
}
