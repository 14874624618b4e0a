import { sql, type Kysely } from 'kysely';

/**
 * Whether somebody's lecture is unfinished, which each look at the counter by licence number asks: in an index of those alone, as small as
 * the day's work, instead of in one of all that were ever taken.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index attendance_unfinished on attendance (driver_id) where completed_at is null`.execute(
    db,
  );
}
