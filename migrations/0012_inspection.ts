import { sql, type Kysely } from 'kysely';

/** What the inspection found in an uploaded file: facts, and warnings that do not keep it from being used. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- VideoInspection in src/lib/domain/lectures/video-warnings.ts; null until the file could be read.
    alter table video add column inspection jsonb check (jsonb_typeof(inspection) = 'object')
  `.execute(db);
}
