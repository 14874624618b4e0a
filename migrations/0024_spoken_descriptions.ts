import { sql, type Kysely } from 'kysely';

/** What is only to be seen in a chapter's video, in words (WCAG 2.2, 1.2.5): WebVTT, by the clock of the video of that language, as captions are. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table chapter_language add column descriptions_vtt text`.execute(db);
}
