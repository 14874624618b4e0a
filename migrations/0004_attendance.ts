import { sql, type Kysely } from 'kysely';

/**
 * Attendance: one learner x one edition x one renewal period; what has been credited per chapter; viewings (leases);
 * and the ledger of watched intervals and lease events, which nobody can change afterwards.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table attendance (
      id uuid primary key default gen_random_uuid(),
      driver_id uuid not null references driver,
      edition_id uuid not null references edition,
      lecture_class text not null check (lecture_class in ('excellent', 'general')),
      period_start date not null,
      period_end date not null check (period_end > period_start),
      consented_at timestamptz not null,
      consent_version text not null,
      started_at timestamptz not null default now(),
      survey jsonb,
      survey_sent_at timestamptz,
      completed_at timestamptz,
      unique (driver_id, period_start)
    );

    -- Updated at every heartbeat: no index may cover a column that changes, so that updates stay on their page (HOT).
    create table chapter_attendance (
      attendance_id uuid not null references attendance,
      chapter_id uuid not null references chapter,
      position integer not null,
      duration_ms integer not null check (duration_ms > 0),
      credited_ms integer not null default 0 check (credited_ms >= 0),
      reported_ms integer not null default 0,
      answered_at timestamptz,
      photo_accepted_at timestamptz,
      primary key (attendance_id, chapter_id),
      check (credited_ms <= reported_ms and reported_ms <= duration_ms)
    ) with (fillfactor = 70);

    create table viewing (
      id uuid primary key default gen_random_uuid(),
      attendance_id uuid not null,
      chapter_id uuid not null,
      driver_id uuid not null references driver,
      session_id_sha256 text not null,
      sequence integer not null default 0,
      opened_at timestamptz not null,
      last_beat_at timestamptz not null,
      -- The contiguous run of credit that is still open; written to watched_interval when it closes.
      run_from_ms integer not null,
      run_to_ms integer not null,
      run_started_at timestamptz not null,
      run_ended_at timestamptz not null,
      paused_since timestamptz,
      closed_at timestamptz,
      close_reason text check (close_reason in ('closed', 'superseded', 'expired', 'chapterDone', 'signedOut', 'pausedTooLong')),
      foreign key (attendance_id, chapter_id) references chapter_attendance,
      check ((closed_at is null) = (close_reason is null)),
      check (run_to_ms >= run_from_ms)
    ) with (fillfactor = 70);
    -- One live viewing per person.
    create unique index viewing_live on viewing (driver_id) where closed_at is null;
    create index viewing_attendance on viewing (attendance_id);

    create table watched_interval (
      id bigint generated always as identity primary key,
      attendance_id uuid not null,
      chapter_id uuid not null,
      viewing_id uuid not null references viewing,
      from_ms integer not null,
      to_ms integer not null,
      started_at timestamptz not null,
      ended_at timestamptz not null,
      check (to_ms > from_ms and from_ms >= 0),
      -- Media time can never run ahead of the wall clock.
      check (extract(epoch from ended_at - started_at) * 1000 >= to_ms - from_ms - 1)
    );
    create index watched_interval_attendance on watched_interval (attendance_id, chapter_id);
    create trigger watched_interval_append_only before update or delete or truncate on watched_interval
      for each statement execute function refuse_change();

    create table lease_event (
      id bigint generated always as identity primary key,
      attendance_id uuid not null references attendance,
      chapter_id uuid not null,
      viewing_id uuid references viewing,
      at timestamptz not null,
      kind text not null check (kind in ('opened', 'closed', 'refused', 'gate', 'answer', 'photo')),
      reason text,
      detail jsonb not null default '{}'
    );
    create index lease_event_attendance on lease_event (attendance_id);
    create trigger lease_event_append_only before update or delete or truncate on lease_event
      for each statement execute function refuse_change();

    create table answer (
      id bigint generated always as identity primary key,
      attendance_id uuid not null,
      chapter_id uuid not null,
      question_id uuid not null references question,
      choice_id uuid not null references choice,
      is_right boolean not null,
      answered_at timestamptz not null,
      foreign key (attendance_id, chapter_id) references chapter_attendance,
      unique (attendance_id, chapter_id)
    );
    create trigger answer_append_only before update or delete or truncate on answer
      for each statement execute function refuse_change();

    create table face_photo (
      id uuid primary key default gen_random_uuid(),
      attendance_id uuid not null,
      chapter_id uuid not null,
      taken_at timestamptz not null,
      storage_key text not null,
      sha256 bytea not null,
      bytes integer not null,
      width integer not null,
      height integer not null,
      delete_after date not null,
      deleted_at timestamptz,
      foreign key (attendance_id, chapter_id) references chapter_attendance,
      unique (attendance_id, chapter_id)
    );
  `.execute(db);
}
