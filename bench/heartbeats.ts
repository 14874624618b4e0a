import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { bareViewer, ourViewer } from './support/beats.ts';
import { describe, median, runLoad, type LoadResult } from './support/load.ts';
import { startStack, type Site } from './support/stack.ts';
import { openViewings } from './support/viewers.ts';

/** Heartbeats that were answered and are not in the database. */
async function countLost({ app }: Site, acknowledged: ReadonlyMap<string, number>): Promise<number> {
  const stored = await app.db
    .selectFrom('viewing')
    .where(sql<boolean>`id = any(${[...acknowledged.keys()]}::uuid[])`)
    .select(['id', 'sequence'])
    .execute();
  const kept = stored.filter(({ id, sequence }) => sequence >= (acknowledged.get(id) ?? 0)).length;
  return acknowledged.size - kept;
}

// Until what both do a thousand times a second has been compiled.
const WARM_UP_SECONDS = 5;

/**
 * N viewers against the real server with as many `--processes` as it has in production by itself, one for each core (or `--nodes` of
 * servers on one database), beside the bare limit in the same run:
 * medians of several rounds, in turns, after a warm-up of both. `lost` counts viewings of which a heartbeat was answered and is
 * not in the database: it must be 0.
 */
export async function run(options: string[]): Promise<Record<string, number>> {
  const { values } = parseArgs({
    args: options,
    options: {
      viewers: { type: 'string', default: '1000' },
      seconds: { type: 'string', default: '5' },
      rounds: { type: 'string', default: '3' },
      nodes: { type: 'string', default: '1' },
      processes: { type: 'string', default: String(availableParallelism()) },
      profile: { type: 'string' },
    },
  });
  const [viewers, seconds] = [Number(values.viewers), Number(values.seconds)];
  const stack = await startStack(values.profile === undefined ? {} : { profileInto: values.profile });
  try {
    const site = await stack.openSite('bench', Number(values.nodes), { processes: Number(values.processes) });
    const { ports, origin } = site;
    const live = await openViewings(site.app, viewers * 2);
    const barePort = await site.startBare();
    const acknowledged = new Map<string, number>();
    const bareViewers = live.slice(0, viewers).map((viewing) => bareViewer(viewing, barePort));
    const ourViewers = live
      .slice(viewers)
      .map((viewing, index) => ourViewer(viewing, ports[index % ports.length]!, origin, acknowledged));
    await runLoad(bareViewers, WARM_UP_SECONDS);
    await runLoad(ourViewers, WARM_UP_SECONDS);
    const rounds: { bare: LoadResult; ours: LoadResult }[] = [];
    for (let round = 0; round < Number(values.rounds); round += 1) {
      // Rounds are shorter than a lease lives, so that the viewers who wait for their turn keep theirs.
      const bare = await runLoad(bareViewers, seconds);
      describe('node:http and the updates', bare);
      const ours = await runLoad(ourViewers, seconds);
      describe('Koshu', ours);
      rounds.push({ bare, ours });
    }
    return {
      bare: median(rounds.map((round) => round.bare.perSecond)),
      ours: median(rounds.map((round) => round.ours.perSecond)),
      // Round by round, so that a machine that is slow for a while is slow for both.
      ratio: Number(median(rounds.map(({ bare, ours }) => ours.perSecond / bare.perSecond)).toFixed(3)),
      p99_ms: median(rounds.map((round) => round.ours.p99Ms)),
      failed: rounds.reduce((sum, round) => sum + round.ours.failed, 0),
      lost: await countLost(site, acknowledged),
    };
  } finally {
    await stack.stop();
  }
}
