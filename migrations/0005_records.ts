import { sql, type Kysely } from 'kysely';

/** Completion records, and what counter officers decided about them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table completion_record (
      id uuid primary key default gen_random_uuid(),
      record_number text not null unique,
      attendance_id uuid not null unique references attendance,
      driver_id uuid not null references driver,
      edition_id uuid not null references edition,
      lecture_class text not null check (lecture_class in ('excellent', 'general')),
      period_start date not null,
      period_end date not null,
      issued_at timestamptz not null,
      statement text not null,
      signature bytea not null,
      signing_key_id text not null,
      state text not null default 'issued' check (state in ('issued', 'accepted', 'rejected', 'used', 'voided')),
      version integer not null default 1
    );
    create index completion_record_driver on completion_record (driver_id);

    -- Each act at a counter, in order; a correction is another row.
    create table counter_act (
      id bigint generated always as identity primary key,
      record_id uuid not null references completion_record,
      record_version integer not null,
      kind text not null check (kind in ('accepted', 'rejected', 'aptitudeTest', 'issued')),
      officer_id uuid not null references officer,
      office_id uuid not null references office,
      at timestamptz not null default now(),
      reason text,
      detail jsonb not null default '{}',
      -- Two officers who decide on the same version at once: the second is refused.
      unique (record_id, record_version)
    );
    create trigger counter_act_append_only before update or delete or truncate on counter_act
      for each statement execute function refuse_change();
  `.execute(db);
}
