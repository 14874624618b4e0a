import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Learner } from '#lib/domain/people/actor.ts';
import { findLatestAttendance } from '#lib/server/attendance/attendance.queries.ts';
import { getLecture } from '#lib/server/attendance/get-lecture.ts';
import { listUncounted } from '#lib/server/attendance/list-uncounted.ts';
import { reportAsViewer } from '#lib/server/attendance/report-heartbeat.ts';
import { startAttendance } from '#lib/server/attendance/start-attendance.ts';
import { sweepViewings } from '#lib/server/attendance/sweep-viewings.ts';
import { manyDrivers } from '../../support/many-drivers.ts';
import { publishLecture, type PublishedLecture } from '../../support/published-lecture.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';
import { TestPlayer } from '../../support/test-player.ts';

const CHAPTER_MS = 300_000;

let test: TestApp;
let lecture: PublishedLecture;
let people: Learner[];
let learner: Learner;
let player: TestPlayer;

beforeAll(async () => {
  test = await makeTestApp();
  people = await manyDrivers(test.app, 20);
  lecture = await publishLecture(test.app, [CHAPTER_MS]);
});
afterAll(() => test.close());

beforeEach(async () => {
  learner = people.pop()!;
  await startAttendance(test.app, learner);
  player = new TestPlayer(test, learner);
  await player.open(lecture.chapters[0]!.id);
  await player.play(10_000);
});

const openAgain = async () => {
  const other = new TestPlayer(test, learner);
  await other.open(lecture.chapters[0]!.id);
  return other;
};

async function uncounted({ isRunning = true } = {}) {
  const attendance = (await findLatestAttendance(test.app.db, learner.driverId))!;
  const { told, totals } = await listUncounted(test.app, attendance.id);
  if (isRunning) expect((await getLecture(test.app, learner)).uncounted).toEqual(totals);
  return { told, totals: totals.map(({ cause, ms }) => [cause, ms]) };
}

const rowsOf = async (viewingId: string) =>
  test.app.db
    .selectFrom('uncountedTime')
    .where('viewingId', '=', viewingId)
    .select(['reason', 'reports', 'ms'])
    .orderBy('reason')
    .execute();

describe('what was played and not counted is told', () => {
  it('of a lecture that ran as it should: nothing', async () => {
    await player.play(10_000);
    await player.beat(20_000, 'paused');
    await openAgain();
    expect(await uncounted()).toEqual({ told: [], totals: [] });
  });

  it('when it did not go on from what was counted', async () => {
    test.clock.advance(5_000);
    await player.beat(35_000, 'playing', { fromMs: 30_000 });
    const { told, totals } = await uncounted();
    expect(totals).toEqual([['not_contiguous', 5_000]]);
    const at = test.clock.now();
    expect(told).toEqual([{ position: 1, cause: 'not_contiguous', ms: 5_000, from: at, until: at }]);
  });

  it('when it was beyond what could be played, until the same viewing says it again and it counts', async () => {
    test.clock.advance(1_000);
    expect(await player.beat(80_000)).toMatchObject({ uncounted: { reason: 'beyond_released', ms: 5_000 } });
    expect((await uncounted()).totals).toEqual([['beyond_released', 5_000]]);
    for (let round = 0; round < 4; round += 1) {
      test.clock.advance(20_000);
      await player.beat(81_000, 'playing', { fromMs: 75_000 });
    }
    expect((await uncounted()).totals).toEqual([]);
  });

  it.each([
    ['the heartbeat itself comes too late', async () => undefined],
    ['it has been swept before', async () => sweepViewings(test.app)],
    ['another viewing has been opened before', openAgain],
  ])('when the line was away for longer than a viewing lives, and %s', async (_, meanwhile) => {
    test.clock.advance(400_000);
    await meanwhile();
    for (let tries = 0; tries < 3; tries += 1) {
      expect(await player.beat(45_000, 'playing', { fromMs: 10_000 })).toMatchObject({
        code: 'viewing_expired',
      });
      test.clock.advance(120_000);
    }
    expect((await uncounted()).totals).toEqual([['expired', 35_000]]);
    expect(await rowsOf(player.viewingId)).toEqual([{ reason: 'expired', reports: 3, ms: 35_000 }]);
  });

  it('when another device had taken over, as far as that one has not counted it', async () => {
    const other = await openAgain();
    await other.play(4_000);
    await player.beat(20_000);
    expect((await uncounted()).totals).toEqual([['superseded', 6_000]]);
    while (other.positionMs < 30_000) await other.play(8_000);
    await player.beat(25_000, 'playing', { fromMs: 10_000 });
    expect((await uncounted()).totals).toEqual([['superseded', 6_000]]);
  });

  it('when it had been reported and the clock had not credited it before another device took over', async () => {
    test.clock.advance(1_000);
    await player.beat(17_000);
    await openAgain();
    expect((await uncounted()).totals).toEqual([['superseded', 6_000]]);
  });

  it('when the viewing had ended after a long pause', async () => {
    await player.beat(10_000, 'paused');
    for (let minute = 0; minute < 16; minute += 1) {
      test.clock.advance(60_000);
      await player.beat(10_000, 'paused');
    }
    await player.beat(14_000, 'playing', { fromMs: 10_000 });
    expect((await uncounted()).totals).toEqual([['pausedTooLong', 4_000]]);
  });

  it('when it was played after signing out', async () => {
    const { viewingId } = player;
    const viewer = { viewingId, driverId: learner.driverId, sessionIdSha256: 'gone' };
    const beat = {
      viewingId,
      sequence: 2,
      fromMs: 10_000,
      toMs: 13_000,
      state: 'playing',
      keyCount: 0,
    } as const;
    expect(await reportAsViewer(test.app, viewer, beat)).toMatchObject({ code: 'not_signed_in' });
    expect((await uncounted()).totals).toEqual([['signedOut', 3_000]]);
  });
});

describe('somebody who reports without end what cannot be counted', () => {
  it('makes no more than one row for each reason and minute', async () => {
    for (let beat = 0; beat < 50; beat += 1) {
      await player.beat(200_000, 'playing', { fromMs: 190_000 });
      await player.beat(0, 'playing', { sequence: 999_999, fromMs: 0 });
      await player.beat(0, 'playing', { sequence: -1, fromMs: 0 });
      player.sequence -= 2;
    }
    expect(await rowsOf(player.viewingId)).toEqual([
      { reason: 'malformed', reports: 50, ms: 0 },
      { reason: 'not_contiguous', reports: 50, ms: 10_000 },
      { reason: 'out_of_sequence', reports: 50, ms: 0 },
    ]);
    const events = await test.app.db
      .selectFrom('leaseEvent')
      .where('viewingId', '=', player.viewingId)
      .select('kind')
      .execute();
    expect(events).toEqual([{ kind: 'opened' }]);
  });

  it('makes no more than one row for each reason of a viewing that is over, however long it goes on', async () => {
    await openAgain();
    for (let beat = 0; beat < 20; beat += 1) {
      test.clock.advance(61_000);
      await player.beat(10_000 + beat * 1_000, 'playing', { fromMs: 10_000 });
    }
    expect(await rowsOf(player.viewingId)).toMatchObject([{ reason: 'superseded', ms: 19_000 }]);
  });

  it('cannot have it forgotten', async () => {
    await expect(test.app.db.deleteFrom('uncountedTime').execute()).rejects.toThrow('append-only');
  });
});

describe('after the renewal period', () => {
  it('what was played is told as too late', async () => {
    const { periodEnd } = await getLecture(test.app, learner);
    test.clock.set(`${periodEnd}T23:59:50+09:00`);
    const last = await openAgain();
    await last.play(5_000);
    test.clock.advance(10_000);
    expect(await last.beat(last.positionMs + 10_000)).toMatchObject({ code: 'not_eligible' });
    const { totals } = await uncounted({ isRunning: false });
    expect(totals).toEqual([['periodOver', 10_000]]);
  });
});
