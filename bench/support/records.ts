import { sql } from 'kysely';
import type { App } from '#lib/server/app.ts';
import { takeLecture } from '../../tests/support/completed-attendance.ts';
import { seedTestPeople } from '../../tests/support/people.ts';
import { publishLecture } from '../../tests/support/published-lecture.ts';

const CHAPTERS_MS = [600_000, 600_000, 600_000];

/** What an officer types: one person, by his record and by his licence. */
export interface Look {
  readonly recordNumber: string;
  readonly licenceNumber: string;
}

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
  await app.db.connection().execute(async (db) => {
    await sql`set session_replication_role = replica`.execute(db);
    await sql`set synchronous_commit = off`.execute(db);
    // The check digit of domain/records/record-number.ts (Damm).
    await sql`
      create function pg_temp.with_check_digit(body text) returns text immutable language plpgsql as $$
      declare
        rows constant text[] := array['0317598642','7092154863','4206871359','1750983426','6123045978',
                                      '3674209581','5869720134','8945362017','9438617205','2581436790'];
        interim int := 0;
      begin
        for at in 1..length(body) loop
          interim := substr(rows[interim + 1], substr(body, at, 1)::int + 1, 1)::int;
        end loop;
        return 'K' || body || interim;
      end $$`.execute(db);
    await sql`
      create temporary table past as
      select n, gen_random_uuid() as driver_id, gen_random_uuid() as attendance_id, gen_random_uuid() as viewing_id,
             now() - make_interval(secs => n % 60000000) as at
        from generate_series(1, ${records}::integer) n`.execute(db);
    await sql`
      insert into driver (id, licence_number, name, birth_date, address, home_commission_code, lecture_class, class_as_of,
                          holding_type, card_recorded_on, expiry_date, import_id)
      select p.driver_id, (100000000000 + p.n)::text, d.name, d.birth_date, d.address, d.home_commission_code,
             d.lecture_class, d.class_as_of, d.holding_type, d.card_recorded_on, d.expiry_date, d.import_id
        from past p, (select * from driver where id = ${driverId}) d order by p.driver_id`.execute(db);
    await sql`
      insert into attendance (id, driver_id, edition_id, lecture_class, period_start, period_end, consented_at,
                              consent_version, started_at, survey_sent_at, completed_at)
      select p.attendance_id, p.driver_id, a.edition_id, a.lecture_class, a.period_start, a.period_end, p.at,
             a.consent_version, p.at, p.at, p.at
        from past p, (select * from attendance where id = ${attendanceId}) a order by p.attendance_id`.execute(
      db,
    );
    await sql`
      insert into completion_record (record_number, attendance_id, driver_id, edition_id, lecture_class, period_start,
                                     period_end, issued_at, signing_key_id, proof)
      select pg_temp.with_check_digit('20' || lpad(p.n::text, 8, '0')), p.attendance_id, p.driver_id, r.edition_id,
             r.lecture_class, r.period_start, r.period_end, p.at, r.signing_key_id, r.proof
        from past p, (select * from completion_record where attendance_id = ${attendanceId}) r
       order by p.attendance_id`.execute(db);
    await sql`
      insert into chapter_attendance (attendance_id, chapter_id, position, video_id, duration_ms, credited_ms,
                                      reported_ms, answered_at, photo_accepted_at, question_id)
      select p.attendance_id, c.chapter_id, c.position, c.video_id, c.duration_ms, c.credited_ms, c.reported_ms, p.at,
             p.at, c.question_id
        from past p, (select * from chapter_attendance where attendance_id = ${attendanceId}) c
       order by p.attendance_id`.execute(db);
    await sql`
      insert into watched_interval (attendance_id, chapter_id, viewing_id, from_ms, to_ms, started_at, ended_at)
      select p.attendance_id, w.chapter_id, p.viewing_id, w.from_ms, w.to_ms, w.started_at, w.ended_at
        from past p, (select * from watched_interval where attendance_id = ${attendanceId}) w
       order by p.attendance_id`.execute(db);
    await sql`
      insert into answer (attendance_id, chapter_id, question_id, choice_id, is_right, answered_at)
      select p.attendance_id, a.chapter_id, a.question_id, a.choice_id, a.is_right, p.at
        from past p, (select * from answer where attendance_id = ${attendanceId}) a order by p.attendance_id`.execute(
      db,
    );
    await sql`set session_replication_role = origin`.execute(db);
    await sql`reset synchronous_commit`.execute(db);
    await sql`vacuum analyze`.execute(db);
    await sql`checkpoint`.execute(db);
    await sql`drop table past`.execute(db);
  });
}

/** So many of them, spread over all and in no order. */
export async function chooseLooks(app: App, looks: number): Promise<Look[]> {
  const { rows } = await sql<Look>`
    select r.record_number, d.licence_number
      from completion_record r join driver d on d.id = r.driver_id
     order by sha256(r.record_number::bytea) limit ${looks}`.execute(app.db);
  return rows;
}
