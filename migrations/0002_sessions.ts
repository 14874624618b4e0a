import { sql, type Kysely } from 'kysely';

/** Sessions (only the SHA-256 of their id), one-time challenges, sign-in rate limits, and the audit trail. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table session (
      id_sha256 text primary key,
      person_kind text not null check (person_kind in ('learner', 'officer')),
      person_id uuid not null,
      credential_id uuid references credential,
      user_agent text not null default '',
      created_at timestamptz not null default now(),
      expires_at timestamptz not null
    );
    create index session_person on session (person_kind, person_id);

    -- What somebody has to sign or answer, once, in the browser that asked for it.
    create table challenge (
      id uuid primary key default gen_random_uuid(),
      purpose text not null check (purpose in ('cardSignIn', 'passkeySignIn', 'passkeyRegistration')),
      value text not null,
      browser_sha256 bytea not null check (octet_length(browser_sha256) = 32),
      created_at timestamptz not null default now(),
      expires_at timestamptz not null,
      consumed_at timestamptz
    );
    create index challenge_expiry on challenge (expires_at);

    create table audit_event (
      id bigint generated always as identity primary key,
      at timestamptz not null default now(),
      actor_kind text not null check (actor_kind in ('learner', 'officer', 'system', 'anonymous')),
      actor_id uuid,
      office_id uuid references office,
      what text not null,
      subject_kind text,
      subject_id text,
      request_id text,
      detail jsonb not null default '{}'
    );
    create index audit_event_subject on audit_event (subject_kind, subject_id);
    create trigger audit_event_append_only before update or delete or truncate on audit_event
      for each statement execute function refuse_change();
  `.execute(db);
}
