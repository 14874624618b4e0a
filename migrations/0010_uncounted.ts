import { sql, type Kysely } from 'kysely';

/**
 * What was reported and not counted: one row for each viewing, reason and minute, so that nobody can make it grow by saying it again; a
 * viewing that is over has one row for each reason (minute 0). Until now each such heartbeat had a row of its own in lease_event. And what
 * bounds how often a person opens viewings.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table uncounted_time (
      attendance_id uuid not null,
      chapter_id uuid not null,
      viewing_id uuid not null references viewing,
      reason text not null check (reason in ('not_contiguous', 'beyond_released', 'malformed', 'out_of_sequence',
        'expired', 'superseded', 'pausedTooLong', 'signedOut', 'periodOver')),
      -- Whole minutes since 1970; 0 for a viewing that is over.
      minute integer not null check (minute >= 0),
      reports integer not null default 1 check (reports > 0),
      first_at timestamptz not null,
      last_at timestamptz not null,
      -- The media that the reports span, and how much of it they name.
      from_ms integer not null check (from_ms >= 0),
      to_ms integer not null,
      ms integer not null check (ms between 0 and to_ms - from_ms),
      primary key (viewing_id, reason, minute),
      foreign key (attendance_id, chapter_id) references chapter_attendance
    ) with (fillfactor = 80);
    create index uncounted_time_attendance on uncounted_time (attendance_id);
    -- For the figures of an edition.
    create index uncounted_time_chapter on uncounted_time (chapter_id, reason) include (attendance_id);
    -- It may become more, never less.
    create trigger uncounted_time_kept before delete or truncate on uncounted_time
      for each statement execute function refuse_change();

    insert into uncounted_time (attendance_id, chapter_id, viewing_id, reason, minute, reports, first_at, last_at, from_ms, to_ms, ms)
    select e.attendance_id, e.chapter_id, e.viewing_id, e.reason, e.minute, count(*), min(e.at), max(e.at), 0,
           max(e.ms), max(e.ms)
      from (select *, floor(extract(epoch from at) / 60)::integer as minute,
                   coalesce((detail->>'ms')::float8, 0)::integer as ms
              from lease_event
             where kind = 'refused' and viewing_id is not null
               and reason in ('not_contiguous', 'beyond_released', 'malformed', 'out_of_sequence')) e
     group by e.attendance_id, e.chapter_id, e.viewing_id, e.reason, e.minute;

    -- How many viewings a person has opened lately. Neither column changes after the insert, so that heartbeats stay HOT.
    create index viewing_opened on viewing (driver_id, opened_at);
  `.execute(db);
}
