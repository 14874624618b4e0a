import { sql, type Kysely } from 'kysely';

/** A video can be stopped by an administrator; how long its transcoding will take; its stills. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table video drop constraint video_state_check;
    alter table video add constraint video_state_check check (state in
      ('waiting', 'inspecting', 'transcoding', 'packaging', 'ready', 'refused', 'failed', 'cancelled'));

    alter table video
      -- What is left of the transcoding, as its worker sees it; unknown while it has only begun.
      add column remaining_ms bigint check (remaining_ms >= 0),
      -- Pictures for the seek bar, every ten seconds or so, and which of them stands for the video; none were made before.
      add column still_count integer not null default 0 check (still_count >= 0),
      add column cover_still integer check (cover_still >= 0 and cover_still < still_count);
  `.execute(db);
}
