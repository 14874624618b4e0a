import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { createApp, type App } from '#lib/server/app.ts';
import { settableClock, type SettableClock } from '#lib/server/clock.ts';
import { parseConfig } from '#lib/server/config.ts';
import { TEMPLATE } from './global-postgres.ts';

export interface TestApp {
  readonly app: App;
  readonly clock: SettableClock;
  readonly folder: string;
  close(): Promise<void>;
}

/** The environment of another process that is the same application; without further keys and without S3. */
export const environmentOf = ({ config }: App): Record<string, string> => ({
  KOSHU_MODE: config.mode,
  ORIGIN: config.origin,
  DATABASE_URL: config.databaseUrl,
  DATA_DIR: config.dataDir,
  TRUST_DIR: config.trustDir,
  CRL_DIR: config.crlDir,
  ALLOW_TEST_CARDS: '1',
  WRAPPING_KEY: config.wrappingKey.bytes.toString('base64'),
  RECORD_SIGNING_KEY_FILE: config.recordSigningKey.file,
  LOG_LEVEL: 'silent',
});

async function administer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  await client.query(statement);
  await client.end();
}

/**
 * A whole application on a database of its own, with a clock that stands still at `now`. Call it in `beforeAll` and
 * `close()` in `afterAll`. `env` overrides the environment that the configuration is parsed from.
 */
export async function makeTestApp(
  options: { now?: string; env?: Record<string, string> } = {},
): Promise<TestApp> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await administer(`create database ${name} template ${TEMPLATE}`);
  const databaseUrl = new URL(inject('postgresUrl'));
  databaseUrl.pathname = `/${name}`;

  const folder = mkdtempSync(path.join(tmpdir(), 'koshu-app-'));
  const signingKey = path.join(folder, 'record-signing.pem');
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  writeFileSync(signingKey, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  for (const inner of ['trust', 'crl']) mkdirSync(path.join(folder, inner));
  writeFileSync(path.join(folder, 'trust/trust.json'), '[]\n');

  const clock = settableClock(options.now ?? '2026-11-22T03:00:00Z');
  const config = parseConfig({
    KOSHU_MODE: 'test',
    ORIGIN: 'http://localhost:3000',
    DATABASE_URL: databaseUrl.href,
    DATA_DIR: path.join(folder, 'data'),
    TRUST_DIR: path.join(folder, 'trust'),
    CRL_DIR: path.join(folder, 'crl'),
    ALLOW_TEST_CARDS: '1',
    WRAPPING_KEY: randomBytes(32).toString('base64'),
    RECORD_SIGNING_KEY_FILE: signingKey,
    LOG_LEVEL: 'silent',
    ...options.env,
  });
  const app = await createApp(config, { clock });
  return {
    app,
    clock,
    folder,
    close: async () => {
      await app.close();
      await administer(`drop database ${name} with (force)`);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
