import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TestClock } from '../../player/fake-line.ts';
import { Viewer } from '../../player/fake-viewer.ts';
import {
  fates,
  honestHistories,
  StormyServer,
  type HonestAct,
} from '../../../../tests/support/honest-client.ts';
import { ATTENDANCE_LIMITS as LIMITS } from '../limits.ts';

const DURATION_MS = 120_000;
// A heartbeat may be due when the line goes, and the first tries after it may still be waiting their turn.
const SHORT_AWAY_MS = LIMITS.leaseTtlMs - LIMITS.heartbeatIntervalMs - 6_000;

async function begin(storm: StormyServer, clock: TestClock) {
  const viewer = new Viewer(clock, storm);
  await viewer.start();
  return viewer;
}

/** The real player's reporter through a history; `look` sees it after each act. */
async function live(viewer: Viewer, server: StormyServer, history: readonly HonestAct[], look: () => void) {
  for (const step of history) {
    if (viewer.isWatched) break;
    if (step.act === 'goBack') viewer.seek(Math.floor(viewer.positionMs * step.share));
    if (step.act === 'pause' || step.act === 'hide') {
      viewer.pause(step.act === 'pause' ? 'paused' : 'hidden');
      await viewer.watch(step.ms);
      viewer.play();
    }
    if (step.act === 'lineAway') {
      server.isLineCut = true;
      await viewer.watch(step.ms);
      server.isLineCut = false;
      viewer.reporter.lineChanged(true);
    }
    if (step.act === 'watch') await viewer.watch(step.ms);
    look();
  }
}

describe('an honest player', () => {
  it('loses nothing when its line is away, slow, forgetful and echoing for less than the lease lives', async () => {
    await fc.assert(
      fc.asyncProperty(honestHistories(SHORT_AWAY_MS), fates, async (history, weather) => {
        const clock = new TestClock();
        const server = new StormyServer(clock, DURATION_MS, weather);
        const viewer = await begin(server, clock);
        await live(viewer, server, history, () => expect(viewer.lostMs).toEqual([]));
        await viewer.watch(DURATION_MS + 60_000);
        expect(viewer.isWatched).toBe(true);
        expect(viewer.lostMs).toEqual([]);
        expect(server.credit.creditedMs).toBe(DURATION_MS);
      }),
      { numRuns: 700 },
    );
  }, 120_000);

  it('loses nothing that was credited however long its line is away, and goes on by itself', async () => {
    await fc.assert(
      fc.asyncProperty(honestHistories(600_000), fates, async (history, weather) => {
        const clock = new TestClock();
        const server = new StormyServer(clock, DURATION_MS, weather);
        const viewer = await begin(server, clock);
        let saved = 0;
        await live(viewer, server, history, () => {
          expect(server.credit.creditedMs).toBeGreaterThanOrEqual(saved);
          expect(viewer.status.creditedMs).toBeGreaterThanOrEqual(saved);
          saved = viewer.status.creditedMs;
          for (const lostMs of viewer.lostMs) expect(lostMs).toBeLessThanOrEqual(LIMITS.lookMs + 6_000);
        });
        await viewer.watch(DURATION_MS + 120_000);
        expect(viewer.isWatched).toBe(true);
      }),
      { numRuns: 300 },
    );
  }, 120_000);
});
