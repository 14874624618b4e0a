import { runMigrations } from 'graphile-worker';
import pg from 'pg';

/** Makes or updates the tables of the job queue (schema `graphile_worker`). Safe to repeat, and from several processes. */
export async function migrateJobs(databaseUrl: string): Promise<void> {
  const pgPool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  try {
    await runMigrations({ pgPool });
  } finally {
    await pgPool.end();
  }
}
