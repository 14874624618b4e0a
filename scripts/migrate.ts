/** `npm run migrate`: brings the database of DATABASE_URL up to date. */
import { migrateAll } from './support/migrate-all.ts';

const databaseUrl = process.env.DATABASE_URL;
if (!databaseUrl) throw new Error('DATABASE_URL is not set');
const names = await migrateAll(databaseUrl);
process.stdout.write(names.length > 0 ? `${names.join('\n')}\n` : 'nothing to do\n');
