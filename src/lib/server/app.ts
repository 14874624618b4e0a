import type pg from 'pg';
import { pino, type Logger } from 'pino';
import { createKeyRelease, type KeyRelease } from './attendance/chapter-media.ts';
import { createHeartbeatQueue, type HeartbeatQueue } from './attendance/heartbeat-queue.ts';
import { createViewingTokens, type ViewingTokens } from './attendance/viewing-token.ts';
import { systemClock, type Clock } from './clock.ts';
import type { Config } from './config.ts';
import { loadTrust, type Trust } from './certificates/trust.ts';
import { openDatabase, type Database } from './db/database.ts';
import { loadRecordSigner, type RecordSigner } from './records/record-signer.ts';
import { openStorage } from './storage/open-storage.ts';
import type { Storage } from './storage/storage.ts';
import {
  openAuthenticationApp,
  type AuthenticationApp,
} from './sign-in/authentication-app/authentication-app.ts';

/** Everything an operation may need, made once per process; web, worker, scripts and tests use the same. */
export interface App {
  readonly config: Config;
  readonly db: Database;
  readonly pool: pg.Pool;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly log: Logger;
  readonly trust: Trust;
  readonly recordSigner: RecordSigner;
  /** null: this way in is not offered. */
  readonly authenticationApp: AuthenticationApp | null;
  readonly keyRelease: KeyRelease;
  readonly heartbeats: HeartbeatQueue;
  readonly viewingTokens: ViewingTokens;
  close(): Promise<void>;
}

/** Of a fault only what helps to find it: pg's and others' hang whole connections, with their keys, on their errors. */
function describeFault(fault: unknown): unknown {
  if (!(fault instanceof Error)) return fault;
  const code = 'code' in fault ? fault.code : undefined;
  const cause: unknown = fault.cause === undefined ? undefined : describeFault(fault.cause);
  return { type: fault.name, message: fault.message, code, stack: fault.stack, cause };
}

function openLog({ logLevel }: Config): Logger {
  return pino({ level: logLevel, base: null, serializers: { err: describeFault } });
}

/** Assembles the application. Throws when something that it needs is missing or must not be (test anchors in production). */
export async function createApp(
  config: Config,
  overrides: { clock?: Clock; log?: Logger } = {},
): Promise<App> {
  const [trust, recordSigner, authenticationApp] = await Promise.all([
    loadTrust(config),
    loadRecordSigner(config.recordSigningKey),
    openAuthenticationApp(config),
  ]);
  const { db, pool } = openDatabase(config.databaseUrl, config.databaseConnections);
  const log = overrides.log ?? openLog(config);
  // A connection may break while it waits and while it is in use; either way the next one is made anew.
  const sayLost = (error: Error) => log.error({ err: error }, 'a database connection was lost');
  pool.on('error', sayLost);
  pool.on('connect', (client) => client.on('error', sayLost));
  const clock = overrides.clock ?? systemClock;
  const keyRelease = createKeyRelease({ db, config });
  return {
    config,
    db,
    pool,
    storage: openStorage(config),
    clock,
    log,
    trust,
    recordSigner,
    authenticationApp,
    keyRelease,
    heartbeats: createHeartbeatQueue({ db, pool, clock, config, log, keyRelease }),
    viewingTokens: createViewingTokens(config.wrappingKey, () => clock.now()),
    close: () => db.destroy(),
  };
}
