import { CamelCasePlugin, Kysely, PostgresDialect, type PostgresPoolClient, type Transaction } from 'kysely';
import pg from 'pg';
import { namingClient } from './statement-names.ts';
import type { DB } from './tables.ts';

export type Database = Kysely<DB>;
export type { DB, Transaction };

// A date is a day on the calendar, not an instant: it stays 'YYYY-MM-DD' (domain/renewal/calendar.ts).
const DATE_OID = 1082;
const INT8_OID = 20;
pg.types.setTypeParser(DATE_OID, (value) => value);
pg.types.setTypeParser(INT8_OID, Number);

/** Column names are snake_case in PostgreSQL and camelCase here. */
class ColumnNames extends CamelCasePlugin {
  constructor() {
    super({ maintainNestedObjectKeys: true });
  }

  /** As this house says for a column of PostgreSQL's. */
  here(name: string): string {
    return this.camelCase(name);
  }
}

export const columnNames = new ColumnNames();

/** One pool per process. */
export function openDatabase(url: string, maxConnections = 8): { db: Database; pool: pg.Pool } {
  const pool = new pg.Pool({ connectionString: url, max: maxConnections, application_name: 'koshu' });
  async function connect(): Promise<PostgresPoolClient> {
    const client = await pool.connect();
    return namingClient(client, () => client.release());
  }
  const db = new Kysely<DB>({
    dialect: new PostgresDialect({ pool: { connect, end: () => pool.end() } }),
    plugins: [columnNames],
  });
  return { db, pool };
}
