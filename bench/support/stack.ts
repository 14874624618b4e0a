import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createApp, type App } from '#lib/server/app.ts';
import { parseConfig } from '#lib/server/config.ts';
import { startEmbeddedPostgres } from '#lib/server/db/embedded-postgres.ts';
import { loadSecrets } from '../../scripts/demo/secrets.ts';
import { buildWeb } from '../../scripts/support/build-web.ts';
import { startProgram, stopProgram } from '../../scripts/support/child-process.ts';
import { freePort } from '../../scripts/support/free-port.ts';
import { migrateAll } from '../../scripts/support/migrate-all.ts';
import { waitForHealth } from '../../scripts/support/wait-for-health.ts';

const root = path.join(import.meta.dirname, '../..');

const DUPLICATE_DATABASE = '42P04';

/** A database with this application in this process, and the real server's processes on it. */
export interface Site {
  readonly app: App;
  readonly origin: string;
  /** Where the server's processes listen. All serve the same origin, as behind a load balancer. */
  readonly ports: readonly number[];
  /** The settings of the server's processes; any other process of the application needs the same. */
  readonly environment: Readonly<Record<string, string>>;
  /** The limit's process (bare-server.ts) on the same database; answers with its port. */
  startBare(): Promise<number>;
}

interface SiteOptions {
  /** Web processes of each node. */
  readonly processes?: number;
  /** Answers with settings beside ours, for an origin and in a folder that is gone afterwards. */
  readonly prepare?: (origin: string, folder: string) => Promise<Record<string, string>>;
}

export interface Stack {
  /** `processes`: how many of them share a node's port (WEB_PROCESSES). */
  openSite(name: string, nodes: number, options?: SiteOptions): Promise<Site>;
  stop(): Promise<void>;
}

/**
 * A PostgreSQL of its own in a folder that is gone afterwards; sites are opened on it. `profileInto`: a folder for what V8 measures of the
 * programs. Without `hasWeb` nothing is built, and sites have no nodes. `keepIn`: a folder that stays, with what is in its databases.
 */
export async function startStack({
  profileInto,
  hasWeb = true,
  keepIn,
}: { profileInto?: string; hasWeb?: boolean; keepIn?: string | undefined } = {}): Promise<Stack> {
  if (hasWeb) await buildWeb();
  const folder = keepIn ?? mkdtempSync(path.join(tmpdir(), 'koshu-bench-'));
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755); // PostgreSQL may run as another user
  const secrets = loadSecrets(path.join(folder, 'secrets'));
  const postgres = await startEmbeddedPostgres(
    path.join(folder, 'postgres'),
    await freePort(),
    secrets.databasePassword,
  );
  for (const inner of ['trust', 'crl']) mkdirSync(path.join(folder, inner), { recursive: true });
  writeFileSync(path.join(folder, 'trust/trust.json'), '[]\n');
  const profiling = profileInto === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileInto}`];
  const programs: ChildProcess[] = [];
  const apps: App[] = [];

  const start = (file: string, environment: Record<string, string>) => {
    const log = path.join(folder, 'programs.log');
    const program = startProgram(path.join(root, file), environment, log, profiling);
    programs.push(program);
    return program;
  };

  async function openSite(
    name: string,
    nodes: number,
    { processes = 1, prepare }: SiteOptions = {},
  ): Promise<Site> {
    await postgres.createDatabase(name).catch((fault: unknown) => {
      if (keepIn === undefined || (fault as { code?: unknown }).code !== DUPLICATE_DATABASE) throw fault;
    });
    const databaseUrl = postgres.urlFor(name);
    await migrateAll(databaseUrl);
    const ports = await Promise.all(Array.from({ length: nodes }, freePort));
    const origin = `http://localhost:${ports[0] ?? 3000}`;
    const environment = {
      KOSHU_MODE: 'test',
      ORIGIN: origin,
      HOST: '127.0.0.1',
      DATABASE_URL: databaseUrl,
      DATA_DIR: path.join(folder, 'data'),
      TRUST_DIR: path.join(folder, 'trust'),
      CRL_DIR: path.join(folder, 'crl'),
      WRAPPING_KEY: secrets.wrappingKey,
      RECORD_SIGNING_KEY_FILE: secrets.recordSigningKeyFile,
      LOG_LEVEL: 'error',
      WEB_PROCESSES: String(processes),
      ...(await prepare?.(origin, folder)),
    };
    const app = await createApp(parseConfig(environment));
    apps.push(app);
    const webs = ports.map((port) => start('src/server.ts', { ...environment, PORT: String(port) }));
    await Promise.all(webs.map((web, index) => waitForHealth(`http://127.0.0.1:${ports[index]}`, web)));
    return {
      app,
      origin,
      ports,
      environment,
      async startBare() {
        const port = await freePort();
        const bare = start('bench/support/bare-server.ts', {
          DATABASE_URL: databaseUrl,
          PORT: String(port),
        });
        await once(bare.stdout!, 'data');
        return port;
      },
    };
  }

  return {
    openSite,
    async stop() {
      await Promise.all(programs.map(stopProgram));
      await Promise.all(apps.map((app) => app.close()));
      await postgres.stop();
      if (keepIn === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}
