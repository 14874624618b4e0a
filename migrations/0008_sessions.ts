import { sql, type Kysely } from 'kysely';

/**
 * Sessions that end when they are left alone and can be told apart by their owner; when an officer last signed in; how often a browser or a
 * network has tried to sign in.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table session
      add column method text,
      add column last_seen_at timestamptz;
    update session set
      method = case person_kind when 'officer' then 'passkey' else 'challenge' end,
      last_seen_at = created_at;
    alter table session
      alter column method set not null,
      alter column last_seen_at set not null,
      add constraint session_method_check check (
        case person_kind when 'officer' then method = 'passkey' else method in ('challenge', 'tls', 'oidc') end);

    -- A card that is found revoked or replaced takes its sessions with it.
    create index session_credential on session (credential_id);

    -- Asked at every request for the last heartbeat of a session. Neither column changes after the insert, so that heartbeats stay HOT.
    create index viewing_session on viewing (session_id_sha256);

    alter table officer add column last_signed_in_at timestamptz;
    update officer set last_signed_in_at =
      (select max(last_used_at) from passkey where passkey.officer_id = officer.id);

    -- Written by rate-limiter-flexible, whose columns these are; keys are keyed hashes, expire is in epoch milliseconds.
    create table rate_limit (
      key varchar(255) primary key,
      points integer not null default 0,
      expire bigint
    );
    create index rate_limit_expire on rate_limit (expire);
  `.execute(db);
}
