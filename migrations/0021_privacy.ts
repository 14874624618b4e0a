import { sql, type Kysely } from 'kysely';

/**
 * Pictures of people are sealed, and go when their day has come; a person can be taken out; reports of the counters.
 * Pictures that lie in clear are sealed afterwards by the worker (server/pictures/seal-clear-pictures.ts).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- The key of each sealed picture, wrapped. Without its row the file is worth nothing, wherever a copy of it lies.
    create table sealed_picture (
      storage_key text primary key check (storage_key like '%.sealed'),
      wrapped_key bytea not null,
      wrapping_key_id text not null,
      -- The file in clear that it was made of, until that is gone.
      clear_key text
    );
    create index sealed_picture_clear on sealed_picture (storage_key) where clear_key is not null;
    create index face_photo_clear on face_photo (id)
      where deleted_at is null and storage_key not like '%.sealed';
    create index driver_portrait_clear on driver (id) where portrait_key not like '%.sealed';

    create index face_photo_due on face_photo (delete_after) where deleted_at is null;
    -- The licence has been issued: nobody compares these faces any more.
    update face_photo as photo set delete_after = least(delete_after, (now() at time zone 'Asia/Tokyo')::date)
      from completion_record as r
      where r.attendance_id = photo.attendance_id and r.state = 'used' and photo.deleted_at is null;

    -- A person who was taken out leaves his row behind, without anything that says who he was.
    alter table driver
      add deleted_at timestamptz,
      drop constraint driver_licence_number_check,
      add constraint driver_licence_number_check
        check (licence_number ~ '^[0-9]{12}$' or (deleted_at is not null and licence_number = 'deleted-' || id));

    -- What an officer wrote freely may name the person: the note, and nothing else, can be emptied, once he is taken out.
    create function guard_counter_act() returns trigger language plpgsql as $$
    begin
      if to_jsonb(new) - 'detail' = to_jsonb(old) - 'detail'
        and new.detail = old.detail || '{"note": ""}'
        and exists (
          select from completion_record r join driver d on d.id = r.driver_id
          where r.id = old.record_id and d.deleted_at is not null)
      then return new;
      end if;
      raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
    end $$;
    drop trigger counter_act_append_only on counter_act;
    create trigger counter_act_append_only before delete or truncate on counter_act
      for each statement execute function refuse_change();
    create trigger counter_act_guard before update on counter_act
      for each row execute function guard_counter_act();

    -- Reports per office and day.
    create index counter_act_office on counter_act (office_id, at);
    create index audit_event_counter on audit_event (office_id, at) include (what, subject_id)
      where what in ('record.lookedUp', 'driver.lookedUp', 'record.checked');
  `.execute(db);
}
