import { sql, type Kysely } from 'kysely';

/** A photo that is on the device instead of the camera's, where the commission allows it; each photo says how it came. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table commission add column photo_upload_allowed boolean not null default false;
    alter table face_photo
      -- As the learner's browser says: a browser that is not ours can say what it likes.
      add column source text not null default 'camera' check (source in ('camera', 'upload'));
  `.execute(db);
}
