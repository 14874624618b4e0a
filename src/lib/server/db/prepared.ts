import { createHash } from 'node:crypto';
import {
  CamelCasePlugin,
  Kysely,
  PostgresDialect,
  type PostgresCursor,
  type PostgresPoolClient,
  type PostgresQueryResult,
} from 'kysely';
import pg from 'pg';
import type { Database } from './database.ts';
import type { DB } from './tables.ts';

/** Of the SHA-256 of a statement: PostgreSQL tells prepared statements apart by 63 characters at most. */
const NAME_LENGTH = 32;

function namer(): (text: string) => string {
  const names = new Map<string, string>();
  return (text) => {
    const known = names.get(text);
    if (known !== undefined) return known;
    const name = createHash('sha256').update(text).digest('hex').slice(0, NAME_LENGTH);
    names.set(text, name);
    return name;
  };
}

/** One connection for all who ask at the same time; it goes back to the pool when nobody does. */
function sharedClient(pool: pg.Pool) {
  let users = 0;
  let client: Promise<pg.PoolClient> | undefined;
  return {
    users: () => users,
    async take(): Promise<pg.PoolClient> {
      users += 1;
      client ??= pool.connect();
      try {
        return await client;
      } catch (fault) {
        await this.give();
        throw fault;
      }
    },
    async give(): Promise<void> {
      users -= 1;
      if (users > 0) return;
      const last = client;
      client = undefined;
      await last?.then(
        (free) => free.release(),
        () => undefined,
      );
    },
  };
}

/**
 * The same database for reading what is asked all day in the same words, over a few connections that are shared: each statement is parsed
 * and planned once a connection, and those that are asked at once (`Promise.all`) go over the line without waiting for one another's
 * answers (pg's `pipeline`). No transactions, and only statements whose text does not grow with its parameters: a connection keeps each
 * that it has seen.
 */
export function openPrepared(url: string, maxConnections: number): { db: Database; pool: pg.Pool } {
  const pool = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    application_name: 'koshu prepared',
    pipeline: true,
  });
  const nameOf = namer();
  const clients = Array.from({ length: maxConnections }, () => sharedClient(pool));
  const leastBusy = () => clients.reduce((least, each) => (each.users() < least.users() ? each : least));

  async function connect(): Promise<PostgresPoolClient> {
    const shared = leastBusy();
    const client = await shared.take();
    function query<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>>;
    function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
    function query(text: unknown, values: readonly unknown[] = []): unknown {
      if (typeof text !== 'string') throw new Error('a cursor needs a connection of its own');
      return client.query({ name: nameOf(text), text, values: [...values] });
    }
    return { query, release: () => void shared.give() };
  }

  const db = new Kysely<DB>({
    dialect: new PostgresDialect({ pool: { connect, end: () => pool.end() } }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
  return { db, pool };
}
