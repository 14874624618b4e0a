import { sql, type Kysely } from 'kysely';

/** Uploads that have begun and are no videos yet: whose they are, what was said of the file, and when a part last came. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table upload (
      id text primary key check (id ~ '^[0-9a-f]{32}$'),
      officer_id uuid not null references officer,
      title text not null,
      file_name text not null,
      bytes bigint not null check (bytes > 0),
      -- As the browser says it, in milliseconds since 1970: whether a file that is chosen again is the same.
      file_modified_ms bigint not null,
      begun_at timestamptz not null,
      touched_at timestamptz not null
    );
    create index upload_officer on upload (officer_id);
    create index upload_touched on upload (touched_at);
  `.execute(db);
}
