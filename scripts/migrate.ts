/** `npm run migrate`: brings the database of DATABASE_URL up to date, ours and the job queue's. */
import path from 'node:path';
import { migrateToLatest } from '#lib/server/db/migrate.ts';
import { migrateJobs } from '#lib/server/jobs/migrate-jobs.ts';

const databaseUrl = process.env.DATABASE_URL;
if (databaseUrl === undefined || databaseUrl === '') throw new Error('DATABASE_URL is not set (see .env.example)');

const applied = await migrateToLatest(databaseUrl, path.join(import.meta.dirname, '../migrations'));
await migrateJobs(databaseUrl);
process.stdout.write(applied.length === 0 ? 'The database is up to date.\n' : `Migrated: ${applied.join(', ')}\n`);
