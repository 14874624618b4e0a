import path from 'node:path';
import { Logger, runMigrations } from 'graphile-worker';
import { migrateToLatest } from '#lib/server/db/migrate.ts';

const quiet = new Logger(() => () => undefined);
const folder = path.join(import.meta.dirname, '../../migrations');

/** Koshu's own migrations and those of the job queue. Returns the names of ours that were new. */
export async function migrateAll(databaseUrl: string): Promise<string[]> {
  const names = await migrateToLatest(databaseUrl, folder);
  await runMigrations({ connectionString: databaseUrl, logger: quiet });
  return names;
}
