import { sql, type Kysely } from 'kysely';

/**
 * Presence checks: how a commission wants them, where they were drawn for an attendance and what became of each; and the gate that the
 * next one is for credit and keys.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table commission
      -- How many checks a chapter has; none unless the commission says so.
      add column presence_per_chapter integer not null default 0 check (presence_per_chapter between 0 and 10),
      add column presence_answer_seconds integer not null default 60 check (presence_answer_seconds between 20 and 600);

    alter table attendance
      -- How long the learner has to answer a check, as it held when he began.
      add column presence_answer_ms integer not null default 60000 check (presence_answer_ms > 0);

    -- The next check that has not been passed: no credit and no key goes past it. Read with the row that a heartbeat locks anyway; no
    -- index covers it, so that updates stay on their page (HOT).
    alter table chapter_attendance
      add column gate_ms integer check (gate_ms > 0 and gate_ms < duration_ms);

    create table presence_check (
      id uuid primary key default gen_random_uuid(),
      attendance_id uuid not null,
      chapter_id uuid not null,
      position_ms integer not null check (position_ms > 0),
      first_asked_at timestamptz,
      -- Since the last miss: when it was last asked, how often, and whether more time was asked for.
      asked_at timestamptz,
      asks integer not null default 0,
      extended_at timestamptz,
      missed_count integer not null default 0,
      passed_at timestamptz,
      foreign key (attendance_id, chapter_id) references chapter_attendance,
      unique (attendance_id, chapter_id, position_ms)
    );

    alter table lease_event drop constraint lease_event_kind_check;
    alter table lease_event add constraint lease_event_kind_check
      check (kind in ('opened', 'closed', 'refused', 'gate', 'answer', 'photo', 'presence'));
    alter table viewing drop constraint viewing_close_reason_check;
    alter table viewing add constraint viewing_close_reason_check check (close_reason in
      ('closed', 'superseded', 'expired', 'chapterDone', 'signedOut', 'pausedTooLong', 'presenceMissed'));
  `.execute(db);
}
