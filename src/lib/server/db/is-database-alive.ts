import { sql } from 'kysely';
import type { Database } from './database.ts';

export function isDatabaseAlive(db: Database): Promise<boolean> {
  return sql`select 1`.execute(db).then(
    () => true,
    () => false,
  );
}
