import { sql } from 'kysely';
import type { App } from '#lib/server/app.ts';

/** Rows of the ledger that one attendance leaves: half watched intervals, half lease events. */
export interface History {
  readonly attendances: number;
  readonly ledgerRows: number;
}

const DAY = 86_400;

/**
 * Fills the database with the past: attendances that are complete, each with a closed viewing and its part of the ledger,
 * in the edition that the viewers of today watch. Foreign keys are not asked while it is poured in; afterwards every table is as
 * an operator's would be, vacuumed and analysed.
 */
export async function pourHistory(app: App, { attendances, ledgerRows }: History): Promise<void> {
  const half = Math.max(1, Math.round(ledgerRows / attendances / 2));
  await app.db.connection().execute(async (db) => {
    await sql`set session_replication_role = replica`.execute(db);
    await sql`set synchronous_commit = off`.execute(db);
    await sql`
      create temporary table past as
      select n, gen_random_uuid() as driver_id, gen_random_uuid() as attendance_id, gen_random_uuid() as viewing_id,
             now() - make_interval(secs => ${DAY} + n % (700 * ${DAY})) as at
        from generate_series(1, ${attendances}) n`.execute(db);
    await sql`analyze past`.execute(db);
    await sql`
      insert into driver (id, licence_number, name, birth_date, address, home_commission_code, lecture_class, class_as_of,
                          holding_type, card_recorded_on, expiry_date, import_id)
      select p.driver_id, (100000000000 + p.n)::text, d.name, d.birth_date, d.address, d.home_commission_code,
             d.lecture_class, d.class_as_of, d.holding_type, d.card_recorded_on, d.expiry_date, d.import_id
        from past p, (select * from driver limit 1) d order by p.driver_id`.execute(db);
    await sql`
      insert into attendance (id, driver_id, edition_id, lecture_class, period_start, period_end, consented_at,
                              consent_version, started_at, survey_sent_at, completed_at)
      select p.attendance_id, p.driver_id, a.edition_id, a.lecture_class, a.period_start, a.period_end, p.at,
             a.consent_version, p.at, p.at, p.at
        from past p, (select * from attendance limit 1) a order by p.attendance_id`.execute(db);
    await sql`
      insert into chapter_attendance (attendance_id, chapter_id, position, video_id, duration_ms, credited_ms,
                                      reported_ms)
      select p.attendance_id, c.chapter_id, c.position, c.video_id, c.duration_ms, c.duration_ms, c.duration_ms
        from past p, (select * from chapter_attendance limit 1) c order by p.attendance_id`.execute(db);
    await sql`
      insert into viewing (id, attendance_id, chapter_id, driver_id, session_id_sha256, sequence, opened_at, last_beat_at,
                           run_from_ms, run_to_ms, run_started_at, run_ended_at, closed_at, close_reason)
      select p.viewing_id, p.attendance_id, v.chapter_id, p.driver_id, sha256(p.n::text::bytea)::text, 300, p.at, p.at,
             0, 0, p.at, p.at, p.at, 'chapterDone'
        from past p, (select * from viewing limit 1) v order by p.viewing_id`.execute(db);
    await sql`
      insert into watched_interval (attendance_id, chapter_id, viewing_id, from_ms, to_ms, started_at, ended_at)
      select p.attendance_id, v.chapter_id, p.viewing_id, r * 60000, (r + 1) * 60000,
             p.at + make_interval(secs => r * 60), p.at + make_interval(secs => r * 60 + 61)
        from (select * from past order by attendance_id) p, (select chapter_id from viewing limit 1) v,
             generate_series(0, ${half - 1}::integer) r`.execute(db);
    await sql`
      insert into lease_event (attendance_id, chapter_id, viewing_id, at, kind, reason)
      select p.attendance_id, v.chapter_id, p.viewing_id, p.at + make_interval(secs => r * 60), 'closed', 'expired'
        from (select * from past order by attendance_id) p, (select chapter_id from viewing limit 1) v,
             generate_series(0, ${half - 1}::integer) r`.execute(db);
    await sql`drop table past`.execute(db);
    await sql`set session_replication_role = origin`.execute(db);
    await sql`reset synchronous_commit`.execute(db);
    await sql`vacuum analyze`.execute(db);
    await sql`checkpoint`.execute(db);
  });
}

/** As if every live viewing had just been opened: pouring took longer than a lease lives. */
export async function renewLeases(app: App): Promise<void> {
  await sql`
    update viewing set last_beat_at = clock_timestamp(), run_started_at = clock_timestamp(), run_ended_at = clock_timestamp()
     where closed_at is null`.execute(app.db);
}
