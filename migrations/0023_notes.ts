import { sql, type Kysely } from 'kysely';

/** What a terminal sent when the line was back may name the person too: its note can be emptied as an act's can (0021). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function guard_offline_decision() returns trigger language plpgsql as $$
    begin
      if to_jsonb(new) - 'note' = to_jsonb(old) - 'note'
        and new.note = ''
        and exists (
          select from completion_record r join driver d on d.id = r.driver_id
          where r.id = old.record_id and d.deleted_at is not null)
      then return new;
      end if;
      raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
    end $$;
    drop trigger offline_decision_append_only on offline_decision;
    create trigger offline_decision_append_only before delete or truncate on offline_decision
      for each statement execute function refuse_change();
    create trigger offline_decision_guard before update on offline_decision
      for each row execute function guard_offline_decision();
  `.execute(db);
}
