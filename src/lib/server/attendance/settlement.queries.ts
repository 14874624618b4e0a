import { sql, type RawBuilder } from 'kysely';
import type pg from 'pg';
import type { ChapterCredit, HeartbeatDecision, Lease } from '#lib/domain/attendance/credit.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../db/database.ts';

/**
 * The statements of a batch of heartbeats. They go to `pg` by name, so that PostgreSQL plans them once a connection, with
 * whole columns as one array each; what comes back is read as numbers, without a Date or an object of named columns.
 */

export interface LockedViewing {
  readonly id: string;
  readonly attendanceId: string;
  readonly chapterId: string;
  readonly driverId: string;
  /** The database's clock. All instants here are epoch milliseconds. */
  readonly now: number;
  readonly closeReason: string | null;
  /** The video of the attendance's language. */
  readonly videoId: string;
  readonly lease: Lease;
  readonly credit: ChapterCredit;
  /** The last day, in Japan, of the renewal period that the attendance serves. */
  readonly periodEnd: string;
  /** Whether the session that was given with the viewing is there, before its hard end, and this learner's with a card that holds. */
  readonly isSignedIn: boolean;
}

const UNREAD = { getTypeParser: () => (value: string) => value } as unknown as pg.CustomTypesConfig;

// PostgreSQL keeps microseconds; a double of seconds is exact to a quarter of one.
const HALF_MICROSECOND_MS = 0.000_5;

/** `date_part('epoch', …)` as whole milliseconds, rounded down. */
const millisecondsOf = (seconds: string) => Math.floor(Number(seconds) * 1_000 + HALF_MICROSECOND_MS);

/** An array for PostgreSQL of values that need no quotes: numbers, ids, hexadecimal. */
const columnOf = (values: readonly (string | number | boolean | null)[]) =>
  `{${values.map((value) => value ?? 'null').join(',')}}`;

async function runNamed(
  client: pg.ClientBase,
  db: Database,
  name: string,
  statement: RawBuilder<unknown>,
): Promise<unknown[][]> {
  const { sql: text, parameters } = statement.compile(db);
  const values = [...parameters];
  const { rows } = await client.query<unknown[]>({ name, text, values, rowMode: 'array', types: UNREAD });
  return rows;
}

/** Does `act` in one transaction on one connection; whatever it throws undoes all. */
export async function inOneCommit<T>(pool: pg.Pool, act: (client: pg.ClientBase) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const result = await act(client);
    await client.query('commit');
    client.release();
    return result;
  } catch (fault) {
    const isUndone = await client.query('rollback').then(
      () => true,
      () => false,
    );
    client.release(!isUndone);
    throw fault;
  }
}

type Row = [
  id: string,
  attendanceId: string,
  chapterId: string,
  driverId: string,
  now: string,
  closeReason: string | null,
  sequence: string,
  lastBeatAt: string,
  pausedSince: string | null,
  runFromMs: string,
  runToMs: string,
  runStartedAt: string,
  runEndedAt: string,
  creditedMs: string,
  reportedMs: string,
  durationMs: string,
  periodEnd: string,
  isSignedIn: 't' | 'f',
  gateMs: string | null,
  videoId: string,
];

function readRow(row: Row): LockedViewing {
  const [id, attendanceId, chapterId, driverId, now, closeReason, sequence, lastBeatAt, pausedSince] = row;
  return {
    id,
    attendanceId,
    chapterId,
    driverId,
    now: millisecondsOf(now),
    closeReason,
    lease: {
      sequence: Number(sequence),
      lastBeatAt: millisecondsOf(lastBeatAt),
      pausedSince: pausedSince === null ? null : millisecondsOf(pausedSince),
      run: {
        fromMs: Number(row[9]),
        toMs: Number(row[10]),
        startedAt: millisecondsOf(row[11]),
        endedAt: millisecondsOf(row[12]),
      },
    },
    credit: {
      creditedMs: Number(row[13]),
      reportedMs: Number(row[14]),
      durationMs: Number(row[15]),
      gateMs: row[18] === null ? null : Number(row[18]),
    },
    periodEnd: row[16],
    isSignedIn: row[17] === 't',
    videoId: row[19],
  };
}

/**
 * Locks the viewings in the order of their ids, so that two batches never wait for each other, and reads them with the
 * database's clock. Unknown ids are simply missing. A live viewing is what keeps a session up to its hard end, so nothing else
 * of its times is asked (domain/people/session-limits.ts). `sessions` are the SHA-256 of session tokens, or null, one for each id.
 */
export async function lockViewings(
  client: pg.ClientBase,
  { db, clock }: { db: Database; clock: Clock },
  ids: readonly string[],
  sessions: readonly (string | null)[],
): Promise<LockedViewing[]> {
  const statement = sql`
    select v.id, v.attendance_id, v.chapter_id, v.driver_id, date_part('epoch', ${clock.databaseNow}), v.close_reason,
           v.sequence, date_part('epoch', v.last_beat_at), date_part('epoch', v.paused_since),
           v.run_from_ms, v.run_to_ms, date_part('epoch', v.run_started_at), date_part('epoch', v.run_ended_at),
           c.credited_ms, c.reported_ms, c.duration_ms, a.period_end,
           k.id is not null, c.gate_ms, c.video_id
      from unnest(${columnOf(ids)}::uuid[], ${columnOf(sessions)}::text[]) as b(id, session)
      join viewing v on v.id = b.id
      join chapter_attendance c on c.attendance_id = v.attendance_id and c.chapter_id = v.chapter_id
      join attendance a on a.id = v.attendance_id
      left join session s on s.id_sha256 = b.session and s.person_kind = 'learner' and s.person_id = v.driver_id
                         and s.expires_at > ${clock.now()}::timestamptz
      left join credential k on k.id = s.credential_id and k.driver_id = v.driver_id
                            and k.replaced_at is null and k.revoked_at is null
     order by v.id for no key update of v, c`;
  const rows = await runNamed(client, db, 'lock viewings', statement);
  return (rows as Row[]).map(readRow);
}

export interface CreditedViewing {
  readonly viewing: LockedViewing;
  readonly decision: Extract<HeartbeatDecision, { kind: 'credited' }>;
}

/** One statement for all credited heartbeats of a batch: leases and frontiers. */
export async function updateCredited(
  client: pg.ClientBase,
  db: Database,
  settled: readonly CreditedViewing[],
): Promise<void> {
  if (settled.length === 0) return;
  const column = (pick: (entry: CreditedViewing) => string | number | boolean | null) =>
    columnOf(settled.map(pick));
  const statement = sql`
    with beat as (
      select * from unnest(
        ${column(({ viewing }) => viewing.id)}::uuid[],
        ${column(({ decision }) => decision.lease.sequence)}::integer[],
        ${column(({ decision }) => decision.lease.lastBeatAt)}::float8[],
        ${column(({ decision }) => decision.lease.pausedSince)}::float8[],
        ${column(({ decision }) => decision.lease.run.fromMs)}::integer[],
        ${column(({ decision }) => decision.lease.run.toMs)}::integer[],
        ${column(({ decision }) => decision.lease.run.startedAt)}::float8[],
        ${column(({ decision }) => decision.lease.run.endedAt)}::float8[],
        ${column(({ decision }) => decision.isChapterWatched)}::boolean[],
        ${column(({ decision }) => decision.credit.creditedMs)}::integer[],
        ${column(({ decision }) => decision.credit.reportedMs)}::integer[]
      ) as b(id, sequence, last_beat_at, paused_since, run_from_ms, run_to_ms, run_started_at, run_ended_at,
             is_watched, credited_ms, reported_ms)
    ), lease as (
      update viewing v
         set sequence = b.sequence, last_beat_at = to_timestamp(b.last_beat_at / 1000),
             paused_since = to_timestamp(b.paused_since / 1000),
             run_from_ms = b.run_from_ms, run_to_ms = b.run_to_ms,
             run_started_at = to_timestamp(b.run_started_at / 1000),
             run_ended_at = to_timestamp(b.run_ended_at / 1000),
             closed_at = case when b.is_watched then to_timestamp(b.last_beat_at / 1000) end,
             close_reason = case when b.is_watched then 'chapterDone' end
        from beat b where v.id = b.id
      returning v.attendance_id, v.chapter_id, b.credited_ms, b.reported_ms
    )
    update chapter_attendance c set credited_ms = l.credited_ms, reported_ms = l.reported_ms
      from lease l where c.attendance_id = l.attendance_id and c.chapter_id = l.chapter_id`;
  await runNamed(client, db, 'update credited', statement);
}
