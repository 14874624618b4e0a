import { sql, type Kysely } from 'kysely';

/**
 * The audit trail as a chain (decision 20). Appending writes the event and a note that it is to be sealed; `seal_audit` gives the events that are
 * committed their places, one after the other, and to each a SHA-256 over the one before and all columns. Events that are there already come
 * first, in the order of their ids.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table audit_seal (
      position bigint primary key check (position > 0),
      event_id bigint not null unique references audit_event,
      sha256 bytea not null check (octet_length(sha256) = 32)
    );
    create trigger audit_seal_append_only before update or delete or truncate on audit_seal
      for each statement execute function refuse_change();

    -- Committed with its event, and seen by the sealer when that is committed: ids that come late or never are no gap.
    create table audit_unsealed (event_id bigint primary key);

    create function note_unsealed() returns trigger language plpgsql as $$
    begin
      insert into audit_unsealed (event_id) values (new.id);
      return null;
    end $$;
    create trigger audit_event_unsealed after insert on audit_event
      for each row execute function note_unsealed();

    -- '-' for null, else the length in bytes, a colon, the text: no two rows are written the same way.
    create function audit_field(field text) returns text immutable language sql as $$
      select coalesce(octet_length(field) || ':' || field, '-')
    $$;

    -- src/lib/server/audit/chain.ts says the same without the database.
    create function audit_canonical(place bigint, e audit_event) returns bytea stable language sql as $$
      select convert_to(
        audit_field(place::text) || audit_field(e.id::text) || audit_field(extract(epoch from e.at)::text)
          || audit_field(e.actor_kind) || audit_field(e.actor_id::text) || audit_field(e.office_id::text)
          || audit_field(e.what) || audit_field(e.subject_kind) || audit_field(e.subject_id)
          || audit_field(e.request_id) || audit_field(e.detail::text),
        'UTF8')
    $$;

    -- Seals up to batch_size events; answers how many. Whoever comes while another one seals has nothing to do.
    create function seal_audit(batch_size integer) returns integer language plpgsql as $$
    declare
      place bigint;
      head bytea;
      entry audit_event;
      sealed integer := 0;
    begin
      if not pg_try_advisory_xact_lock(hashtext('audit_seal')) then return 0; end if;
      select position, sha256 into place, head from audit_seal order by position desc limit 1;
      place := coalesce(place, 0);
      head := coalesce(head, decode(repeat('00', 32), 'hex'));
      for entry in
        select e.* from audit_event e
         where e.id in (select u.event_id from audit_unsealed u order by u.event_id limit batch_size)
         order by e.id
      loop
        place := place + 1;
        head := sha256(head || audit_canonical(place, entry));
        insert into audit_seal (position, event_id, sha256) values (place, entry.id, head);
        delete from audit_unsealed where event_id = entry.id;
        sealed := sealed + 1;
      end loop;
      return sealed;
    end $$;

    insert into audit_unsealed (event_id) select id from audit_event;
    do $$ begin while seal_audit(10000) > 0 loop end loop; end $$;

    -- Pages of an administrator: officers' acts, newest first, learners' many in between left out.
    create index audit_event_officer on audit_event (at, id) where actor_kind = 'officer';

    -- Why an officer looks at a driver of another commission: asked once for a driver, a session and some minutes.
    create table look_reason (
      id uuid primary key default gen_random_uuid(),
      officer_id uuid not null references officer,
      session_id_sha256 text not null,
      driver_id uuid not null references driver,
      reason text not null check (reason in ('viaRenewal', 'movingIn', 'inquiry', 'other')),
      words text check (words is null or char_length(words) between 1 and 200),
      given_at timestamptz not null,
      check (reason <> 'other' or words is not null)
    );
    create index look_reason_session on look_reason (driver_id, session_id_sha256, given_at);
  `.execute(db);
}
