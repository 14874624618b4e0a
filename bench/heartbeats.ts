import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { createApp } from '#lib/server/app.ts';
import { parseConfig } from '#lib/server/config.ts';
import { startEmbeddedPostgres } from '#lib/server/db/embedded-postgres.ts';
import { loadSecrets } from '../scripts/demo/secrets.ts';
import { buildWeb } from '../scripts/support/build-web.ts';
import { startProgram, stopProgram } from '../scripts/support/child-process.ts';
import { freePort } from '../scripts/support/free-port.ts';
import { migrateAll } from '../scripts/support/migrate-all.ts';
import { runLoad, type LoadResult, type Viewer } from './support/load.ts';
import { openViewings, type LiveViewing } from './support/viewers.ts';

const root = path.join(import.meta.dirname, '..');
const JSON_HEADERS = { 'content-type': 'application/json' };

function bareViewer({ id, attendanceId, chapterId }: LiveViewing): Viewer {
  let sequence = 0;
  return {
    next: () => ({
      path: '/',
      headers: JSON_HEADERS,
      body: JSON.stringify({ id, attendanceId, chapterId, sequence: (sequence += 1), toMs: 0 }),
    }),
    check: (status) => status === 200,
  };
}

/** Plays on by what was credited, so that each heartbeat moves the frontier as far as the clock allows. */
function ourViewer({ id, token }: LiveViewing, origin: string, acknowledged: Map<string, number>): Viewer {
  let sequence = 0;
  let creditedMs = 0;
  return {
    next: () => ({
      path: '/api/trpc/viewing.report',
      headers: { ...JSON_HEADERS, origin, cookie: `koshu-session=${token}` },
      body: JSON.stringify({
        viewingId: id,
        sequence: (sequence += 1),
        fromMs: creditedMs,
        toMs: creditedMs + 10_000,
        state: 'playing',
        keyCount: 1_000,
      }),
    }),
    check: (status, body) => {
      const credited = /"creditedMs":(\d+)/.exec(body)?.[1];
      if (status !== 200 || credited === undefined || !body.includes('"credited"')) return false;
      creditedMs = Number(credited);
      acknowledged.set(id, sequence);
      return true;
    },
  };
}

const describe = (name: string, { perSecond, p50Ms, p99Ms, failed }: LoadResult) =>
  process.stdout.write(
    `${name.padEnd(28)} ${String(perSecond).padStart(7)}/s   p50 ${p50Ms} ms   p99 ${p99Ms} ms   failed ${failed}\n`,
  );

/**
 * N viewers against the real server process, beside the bare limit in the same run: medians of several rounds, in turns.
 * `lost` counts heartbeats that were answered and are not in the database: it must be 0.
 */
export async function run(options: string[]): Promise<Record<string, number>> {
  const { values } = parseArgs({
    args: options,
    options: {
      viewers: { type: 'string', default: '256' },
      seconds: { type: 'string', default: '5' },
      rounds: { type: 'string', default: '3' },
    },
  });
  const viewers = Number(values.viewers);
  const seconds = Number(values.seconds);
  const folder = mkdtempSync(path.join(tmpdir(), 'koshu-bench-'));
  chmodSync(folder, 0o755); // PostgreSQL may run as another user
  const secrets = loadSecrets(path.join(folder, 'secrets'));
  const postgres = await startEmbeddedPostgres(
    path.join(folder, 'postgres'),
    await freePort(),
    secrets.databasePassword,
  );
  await postgres.createDatabase('bench');
  const databaseUrl = postgres.urlFor('bench');
  await migrateAll(databaseUrl);
  for (const inner of ['trust', 'crl']) mkdirSync(path.join(folder, inner));
  writeFileSync(path.join(folder, 'trust/trust.json'), '[]\n');
  const port = await freePort();
  const barePort = await freePort();
  const origin = `http://localhost:${port}`;
  const environment = {
    KOSHU_MODE: 'test',
    ORIGIN: origin,
    PORT: String(port),
    HOST: '127.0.0.1',
    DATABASE_URL: databaseUrl,
    DATA_DIR: path.join(folder, 'data'),
    TRUST_DIR: path.join(folder, 'trust'),
    CRL_DIR: path.join(folder, 'crl'),
    WRAPPING_KEY: secrets.wrappingKey,
    RECORD_SIGNING_KEY_FILE: secrets.recordSigningKeyFile,
    LOG_LEVEL: 'error',
  };
  const app = await createApp(parseConfig(environment));
  const live = await openViewings(app, viewers * 2);
  await buildWeb();
  const ours = startProgram(path.join(root, 'src/server.ts'), environment, path.join(folder, 'web.log'));
  const bare = startProgram(
    path.join(root, 'bench/support/bare-server.ts'),
    { DATABASE_URL: databaseUrl, PORT: String(barePort) },
    path.join(folder, 'bare.log'),
  );
  try {
    await once(bare.stdout!, 'data');
    while (!(await fetch(`${origin}/health`).catch(() => undefined))?.ok)
      await new Promise((resolve) => setTimeout(resolve, 100));

    const acknowledged = new Map<string, number>();
    const bareViewers = live.slice(0, viewers).map(bareViewer);
    const ourViewers = live.slice(viewers).map((viewing) => ourViewer(viewing, origin, acknowledged));
    const rounds: { bare: LoadResult; ours: LoadResult }[] = [];
    for (let round = 0; round < Number(values.rounds); round += 1) {
      const bareResult = await runLoad(barePort, bareViewers, seconds);
      describe('node:http and the updates', bareResult);
      // The other half's leases stay alive through short rounds; theirs begin anew with the first heartbeat of each.
      const ourResult = await runLoad(port, ourViewers, seconds);
      describe('Koshu', ourResult);
      rounds.push({ bare: bareResult, ours: ourResult });
    }
    const stored = await app.db
      .selectFrom('viewing')
      .where(sql<boolean>`id = any(${[...acknowledged.keys()]}::uuid[])`)
      .select(['id', 'sequence'])
      .execute();
    const lost = stored.filter(({ id, sequence }) => sequence < (acknowledged.get(id) ?? 0)).length;
    const failed = rounds.reduce((sum, round) => sum + round.ours.failed, 0);
    const median = (pick: (round: (typeof rounds)[number]) => number) =>
      rounds.map(pick).sort((a, b) => a - b)[Math.floor(rounds.length / 2)] ?? 0;
    const barePerSecond = median((round) => round.bare.perSecond);
    const oursPerSecond = median((round) => round.ours.perSecond);
    return {
      bare: barePerSecond,
      ours: oursPerSecond,
      p99_ms: median((round) => round.ours.p99Ms),
      failed,
      lost,
      ratio: Number((oursPerSecond / barePerSecond).toFixed(3)),
    };
  } finally {
    await Promise.all([stopProgram(ours), stopProgram(bare)]);
    await app.close();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
