import { sql, type Kysely } from 'kysely';

/**
 * A partner who was told that a record is used, and then `checked`, cannot see that an officer has taken the issue back: the event says so
 * now. And what a terminal sent is found from its record, which the history of a record asks for.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table exchange_event add column is_correction boolean not null default false;
    create index offline_decision_record on offline_decision (record_id);

    create or replace function append_exchange_event() returns trigger language plpgsql as $$
    declare
      home text;
      partner uuid;
    begin
      perform pg_advisory_xact_lock(hashtextextended('koshu.exchange_event', 0));
      select home_commission_code into home from driver where id = new.driver_id;
      insert into exchange_event (state, record_id, commission_code, occurred_at, is_correction)
        values (new.state, new.id, home, case tg_op when 'INSERT' then new.issued_at else now() end,
                exists (select from counter_act
                         where record_id = new.id and record_version = new.version - 1 and kind = 'corrected'));
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
  `.execute(db);
}
