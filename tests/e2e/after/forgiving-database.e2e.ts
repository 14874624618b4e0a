import { expect, test } from '@playwright/test';
import pg from 'pg';
import { startOwnServer, type OwnServer } from '../support/own-server.ts';
import { stackFacts } from '../support/stack-facts.ts';
import { Credit, goesOnFrom, openChapter, playTo, position, pressPlay } from '../support/watching.ts';

test.use({
  viewport: { width: 1366, height: 768 },
  launchOptions: {
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  },
});

/** Runs when all journeys are over, because everybody's database goes down with it. */
let server: OwnServer;
test.beforeAll(async () => {
  server = await startOwnServer({ HEARTBEAT_INTERVAL_MS: '3000', LOOK_MS: '30000', LEASE_TTL_MS: '30000' });
});
test.afterAll(() => server.close());

/** Kills processes of PostgreSQL in the middle of what they do; it then ends all others and recovers from its log, as after a crash. */
async function crashDatabase(): Promise<void> {
  const client = new pg.Client({ connectionString: stackFacts().databaseUrl });
  client.on('error', () => undefined); // its own connection goes with the others
  await client.connect();
  const { rows } = await client.query<{ pid: number }>(
    `select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`,
  );
  // Once the first is dead the others end by themselves: some may be gone when their turn comes, but not all of them.
  const killed = rows.filter(({ pid }) => killIfThere(pid));
  expect(killed.length).toBeGreaterThan(0);
  await client.end().catch(() => undefined);
}

/** Whether there was such a process. */
function killIfThere(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}

test('a database that is killed in mid-lecture costs nothing', async ({ page, context }) => {
  const credit = new Credit(server, await server.newLearner(context));
  await openChapter(page, server);
  await pressPlay(page);
  await playTo(page, 4);
  const before = await position(page);
  const credited = await credit.read();
  await crashDatabase();
  await credit.reaches(credited);
  await credit.reaches(before + 2);
  await goesOnFrom(page, before);
  await expect(page.getByText('もう一度再生します')).toBeHidden();
  credit.end();
});
