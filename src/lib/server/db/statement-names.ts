import { createHash } from 'node:crypto';
import type { PostgresCursor, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import type pg from 'pg';

/** Of the SHA-256 of a statement: PostgreSQL tells prepared statements apart by 63 characters at most. */
const NAME_LENGTH = 32;

const names = new Map<string, string>();

/** From now on each connection parses and plans a statement of this text once, and keeps it. Answers its name. */
export function nameStatement(text: string): string {
  const name = createHash('sha256').update(text).digest('hex').slice(0, NAME_LENGTH);
  names.set(text, name);
  return name;
}

/** A connection of pg as Kysely wants it, to which statements with names are prepared ones. */
export function namingClient(client: pg.PoolClient, release: () => void): PostgresPoolClient {
  function query<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  function query(text: unknown, values: readonly unknown[] = []): unknown {
    if (typeof text !== 'string') throw new Error('nothing here reads by cursors');
    const name = names.get(text);
    return client.query({ text, values: [...values], ...(name !== undefined && { name }) });
  }
  return { query, release };
}
