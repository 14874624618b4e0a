import { sql, type Kysely } from 'kysely';

/** When a commission's licence desk is reached, and how by those who cannot telephone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table commission
      add column phone_hours_ja text,
      add column phone_hours_en text,
      add column inquiry_url text;
  `.execute(db);
}
