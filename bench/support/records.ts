import { sql, type Kysely, type RawBuilder } from 'kysely';
import { makeRecordNumber } from '#lib/domain/records/record-number.ts';
import type { App } from '#lib/server/app.ts';
import type { DB } from '#lib/server/db/tables.ts';
import { takeLecture } from '../../tests/support/completed-attendance.ts';
import { seedTestPeople } from '../../tests/support/people.ts';
import { publishLecture } from '../../tests/support/published-lecture.ts';

const CHAPTERS_MS = [600_000, 600_000, 600_000];
const YEAR = 2020;
const AT_ONCE = 100_000;

/** What an officer types: one person, by his record and by his licence. */
export interface Look {
  readonly recordNumber: string;
  readonly licenceNumber: string;
}

/** Persons `from` … `to`, and the rows that are copied for each. */
interface Batch {
  readonly from: number;
  readonly to: number;
  readonly driverId: string;
  readonly attendanceId: string;
}

/** A key of person `n`: in the order of the numbers, so that no index is filled at random. */
const keyOf = (table: 'driver' | 'attendance' | 'record' | 'viewing') =>
  sql`(lpad(to_hex(p.n), 8, '0') || ${{ driver: '-0001', attendance: '-0002', record: '-0003', viewing: '-0004' }[table]} || '-4000-8000-000000000000')::uuid`;

const personsOf = ({ from, to }: Batch) =>
  sql`(select n, now() - make_interval(secs => n % 60000000) as at
         from generate_series(${from}::integer, ${to}::integer) n) p`;

const copyPersons = (batch: Batch) => sql`
  insert into driver (id, licence_number, name, birth_date, address, home_commission_code, lecture_class, class_as_of,
                      holding_type, card_recorded_on, expiry_date, import_id)
  select ${keyOf('driver')}, (100000000000 + p.n)::text, d.name, d.birth_date, d.address, d.home_commission_code,
         d.lecture_class, d.class_as_of, d.holding_type, d.card_recorded_on, d.expiry_date, d.import_id
    from ${personsOf(batch)}, (select * from driver where id = ${batch.driverId}) d`;

const copyAttendances = (batch: Batch) => sql`
  insert into attendance (id, driver_id, edition_id, lecture_class, period_start, period_end, consented_at,
                          consent_version, started_at, survey_sent_at, completed_at)
  select ${keyOf('attendance')}, ${keyOf('driver')}, a.edition_id, a.lecture_class, a.period_start, a.period_end, p.at,
         a.consent_version, p.at, p.at, p.at
    from ${personsOf(batch)}, (select * from attendance where id = ${batch.attendanceId}) a`;

function copyRecords({ from, to, ...batch }: Batch) {
  const numbers = Array.from({ length: to - from + 1 }, (_, index) => makeRecordNumber(YEAR, from + index));
  return sql`
    insert into completion_record (id, record_number, attendance_id, driver_id, edition_id, lecture_class, period_start,
                                   period_end, issued_at, signing_key_id, proof)
    select ${keyOf('record')}, p.record_number, ${keyOf('attendance')}, ${keyOf('driver')}, r.edition_id,
           r.lecture_class, r.period_start, r.period_end, now() - make_interval(secs => p.n % 60000000),
           r.signing_key_id, r.proof
      from (select record_number, (${from}::integer + place - 1)::integer as n
              from unnest(${numbers}::text[]) with ordinality as numbers(record_number, place)) p,
           (select * from completion_record where attendance_id = ${batch.attendanceId}) r`;
}

const copyChapters = (batch: Batch) => sql`
  insert into chapter_attendance (attendance_id, chapter_id, position, video_id, duration_ms, credited_ms,
                                  reported_ms, answered_at, photo_accepted_at, question_id)
  select ${keyOf('attendance')}, c.chapter_id, c.position, c.video_id, c.duration_ms, c.credited_ms, c.reported_ms, p.at,
         p.at, c.question_id
    from ${personsOf(batch)}, (select * from chapter_attendance where attendance_id = ${batch.attendanceId}) c
   order by p.n, c.chapter_id`;

const copyLedger = (batch: Batch) => sql`
  insert into watched_interval (attendance_id, chapter_id, viewing_id, from_ms, to_ms, started_at, ended_at)
  select ${keyOf('attendance')}, w.chapter_id, ${keyOf('viewing')}, w.from_ms, w.to_ms, w.started_at, w.ended_at
    from ${personsOf(batch)}, (select * from watched_interval where attendance_id = ${batch.attendanceId}) w
   order by p.n, w.chapter_id`;

const copyAnswers = (batch: Batch) => sql`
  insert into answer (attendance_id, chapter_id, question_id, choice_id, is_right, answered_at)
  select ${keyOf('attendance')}, a.chapter_id, a.question_id, a.choice_id, a.is_right, p.at
    from ${personsOf(batch)}, (select * from answer where attendance_id = ${batch.attendanceId}) a
   order by p.n, a.chapter_id`;

/** Two at a time, each in its order: half of the rows of a record are its chapters and their ledger. */
const COPIES: readonly (readonly ((batch: Batch) => RawBuilder<unknown>)[])[] = [
  [copyPersons, copyAttendances, copyRecords, copyAnswers],
  [copyChapters, copyLedger],
];

/**
 * Fills the database with completed attendances, each of a driver of its own with a record, three chapters with their ledger and answers:
 * copies of one that was really taken and signed. Foreign keys are not asked while it is poured in; afterwards every table is vacuumed and
 * analysed. Pours nothing into a database that has so many already.
 */
export async function pourRecords(app: App, records: number): Promise<void> {
  const { rows } = await sql<{ count: number }>`select count(*) from completion_record`.execute(app.db);
  if (rows[0]!.count > records) return;
  const people = await seedTestPeople(app);
  const lecture = await publishLecture(app, CHAPTERS_MS);
  const driverId = people.driverIds.get('hanako')!;
  const { attendanceId } = await takeLecture(app, { driverId, lecture });
  // The log of what is poured need not be brought to its tables every few seconds.
  await configure(app.db, sql`alter system set max_wal_size = '16GB'`);
  await configure(app.db, sql`alter system set autovacuum = off`);
  await Promise.all(
    COPIES.map((copies) =>
      app.db.connection().execute(async (db) => {
        await sql`set session_replication_role = replica`.execute(db);
        await sql`set synchronous_commit = off`.execute(db);
        for (let from = 1; from <= records; from += AT_ONCE) {
          const batch = { from, to: Math.min(records, from + AT_ONCE - 1), driverId, attendanceId };
          for (const copy of copies) await copy(batch).execute(db);
        }
        await sql`reset session_replication_role`.execute(db);
        await sql`reset synchronous_commit`.execute(db);
      }),
    ),
  );
  await sql`vacuum analyze`.execute(app.db);
  await configure(app.db, sql`alter system reset all`);
  await sql`checkpoint`.execute(app.db);
}

async function configure(db: Kysely<DB>, setting: RawBuilder<unknown>): Promise<void> {
  await setting.execute(db);
  await sql`select pg_reload_conf()`.execute(db);
}

/** So many of them, spread over all and in no order. */
export async function chooseLooks(app: App, looks: number): Promise<Look[]> {
  const { rows } = await sql<Look>`
    select r.record_number, d.licence_number
      from completion_record r join driver d on d.id = r.driver_id
     order by sha256(r.record_number::bytea) limit ${looks}`.execute(app.db);
  return rows;
}
