import { sql, type Kysely } from 'kysely';

/**
 * The register from the police's own systems, and what becomes of records back to them. Events are written when a transaction commits, one
 * transaction after the other (docs/decisions/0019-exchange.md), so that their positions are the order in which they can be seen.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table exchange_partner (
      id uuid primary key default gen_random_uuid(),
      name text not null unique,
      -- Null: national, for all commissions.
      commission_code text references commission,
      purposes text[] not null
        check (purposes <@ array['register', 'completions'] and cardinality(purposes) > 0),
      created_at timestamptz not null default now(),
      disabled_at timestamptz,
      push_url text,
      push_secret bytea,
      push_secret_key_id text,
      -- The last event that was taken.
      push_position bigint not null default 0,
      push_failures integer not null default 0,
      push_next_at timestamptz,
      push_stopped_at timestamptz,
      push_tried_at timestamptz,
      push_result text,
      check (num_nulls(push_url, push_secret, push_secret_key_id) in (0, 3))
    );

    create table exchange_certificate (
      sha256 bytea primary key check (octet_length(sha256) = 32),
      partner_id uuid not null references exchange_partner,
      added_at timestamptz not null default now()
    );

    alter table register_import
      add column partner_id uuid references exchange_partner,
      add column mode text not null default 'changes' check (mode in ('changes', 'whole'));
    -- Since the whole file of his commission in which he no longer was. He stays; nobody is deleted by a file.
    alter table driver add column not_in_whole_since timestamptz;
    create index driver_home on driver (home_commission_code);

    create table exchange_import (
      import_id uuid primary key references register_import,
      partner_id uuid not null references exchange_partner,
      received_at timestamptz not null,
      idempotency_key text,
      -- Of mode, commission, format and content.
      content_sha256 bytea not null check (octet_length(content_sha256) = 32),
      answer jsonb not null,
      newly_missing_ids uuid[] not null default '{}',
      unique (partner_id, idempotency_key)
    );
    create index exchange_import_partner on exchange_import (partner_id, received_at);

    create table exchange_event (
      position bigint generated always as identity primary key,
      id uuid not null unique default gen_random_uuid(),
      state text not null,
      -- No reference: a person's data may be deleted, and his events then tell nothing.
      record_id uuid not null,
      commission_code text not null,
      occurred_at timestamptz not null
    );
    create index exchange_event_commission on exchange_event (commission_code, position);

    insert into exchange_event (state, record_id, commission_code, occurred_at)
      select 'issued', r.id, d.home_commission_code, r.issued_at
        from completion_record r join driver d on d.id = r.driver_id order by r.issued_at, r.id;
    insert into exchange_event (state, record_id, commission_code, occurred_at)
      select r.state, r.id, d.home_commission_code, now()
        from completion_record r join driver d on d.id = r.driver_id where r.state <> 'issued' order by r.issued_at, r.id;

    create trigger exchange_event_append_only before update or delete or truncate on exchange_event
      for each statement execute function refuse_change();

    create function append_exchange_event() returns trigger language plpgsql as $$
    declare
      home text;
      partner uuid;
    begin
      perform pg_advisory_xact_lock(hashtextextended('koshu.exchange_event', 0));
      select home_commission_code into home from driver where id = new.driver_id;
      insert into exchange_event (state, record_id, commission_code, occurred_at)
        values (new.state, new.id, home, case tg_op when 'INSERT' then new.issued_at else now() end);
      for partner in
        select id from exchange_partner
         where push_url is not null and disabled_at is null and push_stopped_at is null
           and (commission_code is null or commission_code = home)
      loop
        perform graphile_worker.add_job(
          'pushEvents', json_build_object('partnerId', partner),
          queue_name => 'push:' || partner, job_key => 'push:' || partner,
          job_key_mode => 'preserve_run_at', max_attempts => 5);
      end loop;
      return null;
    end $$;

    -- At the commit, when the transaction wants no further lock of anybody.
    create constraint trigger completion_record_issued after insert on completion_record
      deferrable initially deferred for each row execute function append_exchange_event();
    create constraint trigger completion_record_moved after update of state on completion_record
      deferrable initially deferred for each row when (old.state is distinct from new.state)
      execute function append_exchange_event();
  `.execute(db);
}
