import { CamelCasePlugin, Kysely, PostgresDialect, type PostgresPoolClient } from 'kysely';
import pg from 'pg';
import type { Database } from './database.ts';
import { GatheringSocket } from './gathering-socket.ts';
import { namingClient } from './statement-names.ts';
import type { DB } from './tables.ts';

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
 * The same database for what is asked all day in the same words, over a few connections that are shared: statements that are asked at once
 * (`Promise.all`) go over the line in one packet and without waiting for one another's answers (pg's `pipeline`); those that are remembered
 * (remember.ts) are parsed and planned once a connection. No transactions, and nothing that waits for the disk: who asks behind it would
 * wait too.
 */
export function openPrepared(url: string, maxConnections: number): { db: Database; pool: pg.Pool } {
  const pool = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    application_name: 'koshu prepared',
    pipeline: true,
    stream: () => new GatheringSocket(),
  });
  const clients = Array.from({ length: maxConnections }, () => sharedClient(pool));
  const leastBusy = () => clients.reduce((least, each) => (each.users() < least.users() ? each : least));
  let chosen: ReturnType<typeof sharedClient> | undefined;
  /** The same one for all who ask in one turn of the event loop. */
  const clientOfTurn = () => {
    if (!chosen) process.nextTick(() => (chosen = undefined));
    return (chosen ??= leastBusy());
  };

  async function connect(): Promise<PostgresPoolClient> {
    const shared = clientOfTurn();
    const client = await shared.take();
    return namingClient(client, () => void shared.give());
  }

  const db = new Kysely<DB>({
    dialect: new PostgresDialect({ pool: { connect, end: () => pool.end() } }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
  return { db, pool };
}
