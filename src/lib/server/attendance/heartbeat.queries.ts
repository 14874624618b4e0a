import { sql, type RawBuilder } from 'kysely';
import type pg from 'pg';
import type { Lease, Run } from '#lib/domain/attendance/credit.ts';
import type { Database, DB, Transaction } from '../db/database.ts';

/** What a viewing's row says of its lease. */
interface LeaseRow {
  readonly sequence: number;
  readonly lastBeatAt: Date;
  readonly pausedSince: Date | null;
  readonly runFromMs: number;
  readonly runToMs: number;
  readonly runStartedAt: Date;
  readonly runEndedAt: Date;
}

/** The lease that a viewing's row holds, in epoch milliseconds. */
export function leaseOf(viewing: LeaseRow): Lease {
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

/** The bare connection of a batch of heartbeats (settlement.queries.ts). */
export interface BatchWriter {
  readonly client: pg.ClientBase;
  readonly db: Database;
}

export type Writer = Transaction<DB> | BatchWriter;

/** Executes a statement whose rows nobody reads, on whichever of the two it is. */
export async function runStatement(writer: Writer, statement: RawBuilder<unknown>): Promise<void> {
  if (!('client' in writer)) {
    await statement.execute(writer);
    return;
  }
  const { sql: text, parameters } = statement.compile(writer.db);
  await writer.client.query({ text, values: [...parameters] });
}

const instant = (epochMs: number) => new Date(epochMs).toISOString();

export interface LedgerRun {
  readonly attendanceId: string;
  readonly chapterId: string;
  readonly viewingId: string;
  readonly run: Run;
}

/** Appends closed runs to the ledger. */
export async function appendWatchedIntervals(writer: Writer, runs: readonly LedgerRun[]): Promise<void> {
  if (runs.length === 0) return;
  await runStatement(
    writer,
    sql`insert into watched_interval (attendance_id, chapter_id, viewing_id, from_ms, to_ms, started_at, ended_at)
        select * from unnest(
          ${runs.map(({ attendanceId }) => attendanceId)}::uuid[],
          ${runs.map(({ chapterId }) => chapterId)}::uuid[],
          ${runs.map(({ viewingId }) => viewingId)}::uuid[],
          ${runs.map(({ run: { fromMs } }) => fromMs)}::integer[],
          ${runs.map(({ run: { toMs } }) => toMs)}::integer[],
          ${runs.map(({ run: { startedAt } }) => instant(startedAt))}::timestamptz[],
          ${runs.map(({ run: { endedAt } }) => instant(endedAt))}::timestamptz[])`,
  );
}

export interface LeaseEvent {
  readonly attendanceId: string;
  readonly chapterId: string;
  readonly viewingId: string | null;
  readonly at: Date;
  readonly kind: 'opened' | 'closed' | 'refused' | 'gate' | 'answer' | 'photo' | 'presence';
  readonly reason?: string;
  readonly detail?: Readonly<Record<string, string | number>>;
}

/** Appends what happened to viewings and gates. */
export async function appendLeaseEvents(writer: Writer, events: readonly LeaseEvent[]): Promise<void> {
  if (events.length === 0) return;
  await runStatement(
    writer,
    sql`insert into lease_event (attendance_id, chapter_id, viewing_id, at, kind, reason, detail)
        select * from unnest(
          ${events.map(({ attendanceId }) => attendanceId)}::uuid[],
          ${events.map(({ chapterId }) => chapterId)}::uuid[],
          ${events.map(({ viewingId }) => viewingId)}::uuid[],
          ${events.map(({ at }) => at.toISOString())}::timestamptz[],
          ${events.map(({ kind }) => kind)}::text[],
          ${events.map(({ reason }) => reason ?? null)}::text[],
          ${events.map(({ detail = {} }) => JSON.stringify(detail))}::jsonb[])`,
  );
}

/** Closes leases at the instant that is given for each: its last heartbeat, never later. */
export async function closeViewings(
  writer: Writer,
  closings: readonly {
    readonly viewing: { readonly id: string };
    readonly at: number;
    readonly reason: string;
  }[],
): Promise<void> {
  if (closings.length === 0) return;
  await runStatement(
    writer,
    sql`update viewing v set closed_at = b.at, close_reason = b.reason
          from unnest(
            ${closings.map(({ viewing }) => viewing.id)}::uuid[],
            ${closings.map(({ at }) => instant(at))}::timestamptz[],
            ${closings.map(({ reason }) => reason)}::text[]) as b(id, at, reason)
         where v.id = b.id and v.closed_at is null`,
  );
}
