/** `npm run migrate`: brings the database of DATABASE_URL up to date, ours and the job queue's. */
import { migrateAll } from './support/migrate-all.ts';

const databaseUrl = process.env.DATABASE_URL;
if (databaseUrl === undefined || databaseUrl === '')
  throw new Error('DATABASE_URL is not set (see .env.example)');

const applied = await migrateAll(databaseUrl);
process.stdout.write(
  applied.length === 0 ? 'The database is up to date.\n' : `Migrated: ${applied.join(', ')}\n`,
);
