import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '#lib/server/db/embedded-postgres.ts';
import { freePort } from '../../scripts/support/free-port.ts';
import { migrateAll } from '../../scripts/support/migrate-all.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL with the migrated database `koshu_template` to clone. */
    postgresUrl: string;
  }
}

export const TEMPLATE = 'koshu_template';

/** One real PostgreSQL for the whole run, gone afterwards; each test file clones the template (tests/support/test-app.ts). */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(path.join(tmpdir(), 'koshu-test-'));
  chmodSync(folder, 0o755); // PostgreSQL may run as another user
  const flags = ['-c', 'fsync=off', '-c', 'max_connections=200'];
  const server = await startEmbeddedPostgres(path.join(folder, 'postgres'), await freePort(), 'test', flags);
  await server.createDatabase(TEMPLATE);
  await migrateAll(server.urlFor(TEMPLATE));
  project.provide('postgresUrl', server.urlFor('postgres'));
  return async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
