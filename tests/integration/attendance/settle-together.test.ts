import { randomUUID } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp, type App } from '#lib/server/app.ts';
import { openViewings, type LiveViewing } from '../../../bench/support/viewers.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

const VIEWERS = 120;
const ROUNDS = 5;
const STEP_MS = 2_000;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

let test: TestApp;
let second: App;
let viewings: LiveViewing[];

beforeAll(async () => {
  test = await makeTestApp();
  second = await createApp(test.app.config, { clock: test.clock });
  viewings = await openViewings(test.app, VIEWERS);
});
afterAll(async () => {
  await second.close();
  await test.close();
});

describe('many viewers whose heartbeats two processes settle at once', () => {
  it('are each credited with what they played, in batches, without a deadlock and without loss', async () => {
    for (let round = 1; round <= ROUNDS; round += 1) {
      test.clock.advance(STEP_MS);
      const replies = await Promise.all(
        viewings.map(({ id, driverId }, index) => {
          const { heartbeats } = (index + round) % 2 === 0 ? test.app : second;
          const [fromMs, toMs] = [(round - 1) * STEP_MS, round * STEP_MS];
          return heartbeats.settle(
            { viewingId: id, sequence: round, fromMs, toMs, state: 'playing', keyCount: 0 },
            driverId,
          );
        }),
      );
      for (const reply of replies)
        expect(reply).toMatchObject({ outcome: 'credited', creditedMs: round * STEP_MS });
    }
    const stored = await test.app.db.selectFrom('chapterAttendance').select('creditedMs').execute();
    expect(stored).toEqual(Array.from({ length: VIEWERS }, () => ({ creditedMs: ROUNDS * STEP_MS })));
  });

  it('earn a heartbeat once when both processes get it at the same moment', async () => {
    test.clock.advance(STEP_MS);
    const { id, driverId } = viewings[0]!;
    const fromMs = ROUNDS * STEP_MS;
    const beat = {
      viewingId: id,
      sequence: ROUNDS + 1,
      fromMs,
      toMs: fromMs + STEP_MS,
      state: 'playing',
      keyCount: 0,
    } as const;
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        (index % 2 ? test.app : second).heartbeats.settle(beat, driverId),
      ),
    );
    for (const reply of replies) expect(reply).toMatchObject({ creditedMs: fromMs + STEP_MS });
  });

  it('leave nothing in memory: neither of a hundred thousand viewings nor of one heartbeat', async () => {
    const { heartbeats } = test.app;
    const settleUnknown = async (count: number) => {
      const beat = { sequence: 1, fromMs: 0, toMs: 0, state: 'playing', keyCount: 0 } as const;
      for (let settled = 0; settled < count; settled += 5_000) {
        await Promise.all(
          Array.from({ length: 5_000 }, () =>
            heartbeats.settle({ ...beat, viewingId: randomUUID() }, randomUUID()),
          ),
        );
      }
    };
    const settleKnown = async (sequence: number) => {
      const fromMs = (sequence - 1) * STEP_MS;
      const traces: WeakRef<object>[] = [];
      test.clock.advance(STEP_MS);
      await Promise.all(
        viewings.slice(1).map(async ({ id, driverId }) => {
          const played = { fromMs, toMs: fromMs + STEP_MS, state: 'playing', keyCount: 0 } as const;
          const beat = { viewingId: id, sequence, ...played };
          const reply = await heartbeats.settle(beat, driverId);
          expect(reply.outcome).toBe('credited');
          traces.push(new WeakRef(beat), new WeakRef(reply));
        }),
      );
      return traces;
    };
    const traces = await settleKnown(ROUNDS + 1);
    await settleUnknown(5_000);
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    await settleUnknown(100_000);
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
    const bytesPerViewing = (process.memoryUsage().heapUsed - before) / 100_000;
    expect(bytesPerViewing).toBeLessThan(10);
    expect(traces.filter((trace) => trace.deref() !== undefined)).toEqual([]);
  }, 60_000);
});
