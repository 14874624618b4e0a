import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp, type App } from '#lib/server/app.ts';
import { openViewings, type LiveViewing } from '../../../bench/support/viewers.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

const VIEWERS = 120;
const ROUNDS = 5;
const STEP_MS = 2_000;

let test: TestApp;
let second: App;
let viewings: (LiveViewing & { driverId: string })[];

beforeAll(async () => {
  test = await makeTestApp();
  second = await createApp(test.app.config, { clock: test.clock });
  await openViewings(test.app, VIEWERS);
  const now = test.clock.now();
  await test.app.db
    .updateTable('viewing')
    .set({ openedAt: now, lastBeatAt: now, runStartedAt: now, runEndedAt: now })
    .execute();
  const rows = await test.app.db
    .selectFrom('viewing')
    .select(['id', 'attendanceId', 'chapterId', 'driverId'])
    .execute();
  viewings = rows.map((row) => ({ ...row, token: '' }));
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
});
