import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { ourViewer } from './support/beats.ts';
import { pourHistory, renewLeases } from './support/history.ts';
import { describe, median, runLoad, type LoadResult, type Viewer } from './support/load.ts';
import { startStack, type Site } from './support/stack.ts';
import { openViewings } from './support/viewers.ts';

const WARM_UP_SECONDS = 2;

async function viewersOf({ app, ports, origin }: Site, count: number): Promise<Viewer[]> {
  const live = await openViewings(app, count);
  return live.map((viewing) => ourViewer(viewing, ports[0]!, origin, new Map()));
}

/**
 * The same viewers on an empty database and on one that has years behind it, in turns, each with a server's process of its own. The
 * limit is the empty one: `change` is by how much the median of a heartbeat grew.
 */
export async function run(options: string[]): Promise<Record<string, number>> {
  const { values } = parseArgs({
    args: options,
    options: {
      attendances: { type: 'string', default: '1000000' },
      rows: { type: 'string', default: '10000000' },
      viewers: { type: 'string', default: '16' },
      seconds: { type: 'string', default: '2' },
      rounds: { type: 'string', default: '11' },
    },
  });
  const [viewers, seconds] = [Number(values.viewers), Number(values.seconds)];
  const history = { attendances: Number(values.attendances), ledgerRows: Number(values.rows) };
  const stack = await startStack();
  try {
    const empty = await stack.openSite('empty', 1);
    const filled = await stack.openSite('filled', 1);
    const emptyViewers = await viewersOf(empty, viewers);
    const filledViewers = await viewersOf(filled, viewers);
    await pourHistory(filled.app, history);
    await sql`vacuum analyze`.execute(empty.app.db);
    await renewLeases(empty.app);
    await renewLeases(filled.app);
    await runLoad(emptyViewers, WARM_UP_SECONDS);
    await runLoad(filledViewers, WARM_UP_SECONDS);
    const rounds: { empty: LoadResult; filled: LoadResult }[] = [];
    for (let round = 0; round < Number(values.rounds); round += 1) {
      const before = await runLoad(emptyViewers, seconds);
      describe('empty', before);
      const after = await runLoad(filledViewers, seconds);
      describe('filled', after);
      rounds.push({ empty: before, filled: after });
    }
    const { rows } = await sql<{ ledger: number }>`
      select (select count(*) from watched_interval) + (select count(*) from lease_event) as ledger`.execute(
      filled.app.db,
    );
    return {
      attendances: history.attendances,
      ledger_rows: rows[0]?.ledger ?? 0,
      empty_p50_ms: median(rounds.map((round) => round.empty.p50Ms)),
      filled_p50_ms: median(rounds.map((round) => round.filled.p50Ms)),
      // Round by round, so that a machine that is slow for a while is slow for both.
      change: Number((median(rounds.map((round) => round.filled.p50Ms / round.empty.p50Ms)) - 1).toFixed(3)),
      failed: rounds.reduce((sum, round) => sum + round.empty.failed + round.filled.failed, 0),
    };
  } finally {
    await stack.stop();
  }
}
