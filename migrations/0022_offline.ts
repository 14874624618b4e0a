import { sql, type Kysely } from 'kysely';

/** In which sessions a lecture was taken, and what counters decided while the line was away. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Outlives the session itself. No address, and of the browser its family only.
    create table lecture_sign_in (
      attendance_id uuid not null references attendance,
      session_id_sha256 text not null,
      method text not null,
      browser text not null,
      device text not null,
      signed_in_at timestamptz not null,
      primary key (attendance_id, session_id_sha256)
    );

    -- One row for each decision that a terminal kept and sent, whatever came of it. The id is the terminal's: sent twice is kept once.
    create table offline_decision (
      id uuid primary key,
      record_number text not null,
      record_id uuid references completion_record,
      kind text not null check (kind in ('accepted', 'rejected')),
      reason text,
      note text not null default '',
      decided_at timestamptz not null,
      decided_by uuid not null references officer,
      office_id uuid not null references office,
      revoked_as_of timestamptz not null,
      received_at timestamptz not null,
      sent_by uuid not null references officer,
      outcome text not null check (outcome in ('applied', 'repeated', 'conflict'))
    );
    create trigger offline_decision_append_only before update or delete or truncate on offline_decision
      for each statement execute function refuse_change();

    -- What a supervisor has to look at. Nothing was overwritten: the decision is kept, the record is as it was.
    create table offline_conflict (
      id uuid primary key default gen_random_uuid(),
      decision_id uuid not null references offline_decision,
      kind text not null check (kind in
        ('usedTwice', 'voidedMeanwhile', 'decidedOtherwise', 'notAllowed', 'recordUnknown', 'otherOfficer')),
      refusal text,
      commission_code text not null references commission (code),
      found_at timestamptz not null,
      resolved_at timestamptz,
      resolved_by uuid references officer,
      resolution text,
      unique (decision_id, kind),
      check ((resolved_at is null) = (resolved_by is null) and (resolved_at is null) = (resolution is null)),
      check (resolution <> '')
    );
    create index offline_conflict_open on offline_conflict (commission_code, found_at) where resolved_at is null;
  `.execute(db);
}
