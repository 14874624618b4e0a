import { sql, type Insertable, type RawBuilder } from 'kysely';
import type { PresenceCheck } from '#lib/domain/attendance/presence.ts';
import type { Database, DB, Transaction } from '../db/database.ts';
import type { Writer } from './heartbeat.queries.ts';

export interface PresenceRow extends PresenceCheck {
  readonly id: string;
  readonly attendanceId: string;
  readonly chapterId: string;
}

async function rowsOf<T>(writer: Writer, statement: RawBuilder<T>): Promise<T[]> {
  if (!('client' in writer)) return (await statement.execute(writer)).rows;
  const { sql: text, parameters } = statement.compile(writer.db);
  const { rows } = await writer.client.query({ text, values: [...parameters] });
  return rows as T[];
}

const instant = (epochMs: number) => sql`${new Date(epochMs).toISOString()}::timestamptz`;

/** How the commission wants its learners asked. */
export async function getPresenceSettings(trx: Database | Transaction<DB>, commissionCode: string) {
  return trx
    .selectFrom('commission')
    .where('code', '=', commissionCode)
    .select(['presencePerChapter', 'presenceAnswerSeconds'])
    .executeTakeFirstOrThrow();
}

export async function markPresenceSettings(
  trx: Transaction<DB>,
  commissionCode: string,
  settings: { readonly presencePerChapter: number; readonly presenceAnswerSeconds: number },
): Promise<void> {
  await trx.updateTable('commission').set(settings).where('code', '=', commissionCode).execute();
}

export async function insertPresenceChecks(
  trx: Transaction<DB>,
  checks: readonly Insertable<DB['presenceCheck']>[],
): Promise<void> {
  if (checks.length > 0) await trx.insertInto('presenceCheck').values(checks).execute();
}

/** The check at the gate of a chapter whose row is locked already. */
export async function lockPresenceCheck(
  writer: Writer,
  { attendanceId, chapterId, gateMs }: { attendanceId: string; chapterId: string; gateMs: number },
): Promise<PresenceRow | undefined> {
  const [row] = await rowsOf(
    writer,
    sql<PresenceRow>`
      select p.id, p.attendance_id as "attendanceId", p.chapter_id as "chapterId", p.position_ms as "positionMs", p.asks,
             floor(date_part('epoch', p.asked_at) * 1000) as "askedAt", p.extended_at is not null as "isExtended",
             a.presence_answer_ms as "answerMs"
        from presence_check p join attendance a on a.id = p.attendance_id
       where p.attendance_id = ${attendanceId} and p.chapter_id = ${chapterId} and p.position_ms = ${gateMs}
         and p.passed_at is null
         for update of p`,
  );
  return row;
}

export async function markPresenceAsked(writer: Writer, id: string, at: number): Promise<void> {
  await rowsOf(
    writer,
    sql`update presence_check set asked_at = ${instant(at)}, first_asked_at = coalesce(first_asked_at, ${instant(at)}),
               extended_at = null, asks = asks + 1 where id = ${id}`,
  );
}

export async function markPresenceExtended(writer: Writer, id: string, at: number): Promise<void> {
  await rowsOf(writer, sql`update presence_check set extended_at = ${instant(at)} where id = ${id}`);
}

/** Passes the check; the next one of the chapter, if there is one, becomes its gate. */
export async function markPresencePassed(
  writer: Writer,
  { id, attendanceId, chapterId }: PresenceRow,
  at: number,
): Promise<void> {
  await rowsOf(writer, sql`update presence_check set passed_at = ${instant(at)} where id = ${id}`);
  await rowsOf(
    writer,
    sql`update chapter_attendance c set gate_ms =
          (select min(p.position_ms) from presence_check p
            where p.attendance_id = c.attendance_id and p.chapter_id = c.chapter_id and p.passed_at is null)
         where c.attendance_id = ${attendanceId} and c.chapter_id = ${chapterId}`,
  );
}

/** Takes the chapter back to its last passed check, or its start. Returns that position in milliseconds. */
export async function markPresenceMissed(
  writer: Writer,
  { id, attendanceId, chapterId }: PresenceRow,
): Promise<number> {
  await rowsOf(
    writer,
    sql`update presence_check set asked_at = null, extended_at = null, asks = 0, missed_count = missed_count + 1
         where id = ${id}`,
  );
  const [row] = await rowsOf(
    writer,
    sql<{ fromMs: number }>`
      update chapter_attendance c set credited_ms = f.from_ms, reported_ms = f.from_ms
        from (select coalesce(max(position_ms), 0) as from_ms from presence_check
               where attendance_id = ${attendanceId} and chapter_id = ${chapterId} and passed_at is not null) f
       where c.attendance_id = ${attendanceId} and c.chapter_id = ${chapterId}
      returning f.from_ms as "fromMs"`,
  );
  return row!.fromMs;
}

/** Whether this attendance has any checks, passed or not. */
export async function findAnyPresenceCheck(db: Database, attendanceId: string) {
  return db
    .selectFrom('presenceCheck')
    .where('attendanceId', '=', attendanceId)
    .select('id')
    .limit(1)
    .executeTakeFirst();
}

/** The check of this id in this attendance, whatever has become of it. */
export async function findPresenceCheck(trx: Transaction<DB>, attendanceId: string, id: string) {
  return trx
    .selectFrom('presenceCheck')
    .where('attendanceId', '=', attendanceId)
    .where('id', '=', id)
    .select(['chapterId', 'positionMs', 'passedAt'])
    .executeTakeFirst();
}
