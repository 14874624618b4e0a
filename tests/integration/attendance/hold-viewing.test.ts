import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Learner } from '#lib/domain/people/actor.ts';
import { getLecture } from '#lib/server/attendance/get-lecture.ts';
import { reportHeartbeat } from '#lib/server/attendance/report-heartbeat.ts';
import { startAttendance } from '#lib/server/attendance/start-attendance.ts';
import { sweepViewings } from '#lib/server/attendance/sweep-viewings.ts';
import { segmentKey } from '#lib/server/media/segment-key.ts';
import { seedTestPeople } from '../../support/people.ts';
import { publishLecture, type PublishedLecture } from '../../support/published-lecture.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';
import { TestPlayer } from '../../support/test-player.ts';

const CHAPTER_MS = 90_000;

let test: TestApp;
let lecture: PublishedLecture;
let people: Awaited<ReturnType<typeof seedTestPeople>>;

beforeAll(async () => {
  test = await makeTestApp();
  people = await seedTestPeople(test.app);
  lecture = await publishLecture(test.app, [CHAPTER_MS, CHAPTER_MS]);
});
afterAll(() => test.close());

const credited = async (learner: Learner) =>
  (await getLecture(test.app, learner)).chapters.map((chapter) => chapter.creditedMs);

describe('a lecture on the way', () => {
  const learner = () => people.learner('akiko');
  const first = () => lecture.chapters[0]!;
  let player: TestPlayer;

  beforeAll(() => startAttendance(test.app, learner()));
  beforeEach(() => {
    player = new TestPlayer(test, learner());
    test.clock.advance(3_600_000);
  });

  it('is one attendance however often consent is sent', async () => {
    await Promise.all([startAttendance(test.app, learner()), startAttendance(test.app, learner())]);
    const rows = await test.app.db
      .selectFrom('attendance')
      .where('driverId', '=', learner().driverId)
      .select('id')
      .execute();
    expect(rows).toHaveLength(1);
  });

  it('hands out the keys of what may be watched now and of nothing later', async () => {
    const opened = await player.open(first().id);
    expect(opened).toMatchObject({ creditedMs: 0, releasedMs: 65_000 });
    const expected = Array.from({ length: 11 }, (_, index) =>
      segmentKey(lecture.masterSecret, first().videoId, index).toString('base64'),
    );
    expect(opened.grant).toEqual({ fromIndex: 0, keys: expected });
    const reply = await player.beat(0, 'playing', { keyCount: 100 });
    expect(reply).toMatchObject({ grant: { keys: [] } });
  });

  it('answers a repeated heartbeat with what holds now and changes nothing', async () => {
    await player.open(first().id);
    await player.play(3_000);
    player.sequence -= 1;
    test.clock.advance(5_000);
    expect(await player.beat(20_000)).toMatchObject({ outcome: 'credited', creditedMs: 3_000 });
    expect((await credited(learner()))[0]).toBe(3_000);
  });

  it('goes on at the credited second on another device, and stops the first one', async () => {
    await player.open(first().id);
    const other = new TestPlayer(test, learner());
    const opened = await other.open(first().id);
    expect(opened.creditedMs).toBe(3_000);
    expect(await player.play(5_000)).toEqual({
      outcome: 'refused',
      code: 'viewing_superseded',
      creditedMs: 3_000,
    });
    expect(await other.play(5_000)).toMatchObject({ creditedMs: 3_000 + 10_000 - 5_000 });
  });

  it('earns no more with two devices at once than with one', async () => {
    const before = (await credited(learner()))[0]!;
    const other = new TestPlayer(test, learner());
    const startedAt = test.clock.now().getTime();
    for (let round = 0; round < 3; round += 1) {
      await player.open(first().id);
      await other.open(first().id);
      test.clock.advance(1_000);
      await Promise.all([player.beat(player.positionMs + 5_000), other.beat(other.positionMs + 5_000)]);
    }
    const earned = (await credited(learner()))[0]! - before;
    expect(earned).toBeGreaterThan(0);
    expect(earned).toBeLessThanOrEqual(test.clock.now().getTime() - startedAt);
  });

  it('opens one viewing when ten tabs ask at the same moment', async () => {
    const tabs = Array.from({ length: 10 }, () => new TestPlayer(test, learner()));
    await Promise.all(tabs.map((tab) => tab.open(first().id)));
    const live = await test.app.db.selectFrom('viewing').where('closedAt', 'is', null).select('id').execute();
    expect(live).toHaveLength(1);
  });

  it('refuses somebody else the viewing of this person', async () => {
    await player.open(first().id);
    const stranger = people.learner('ichiro');
    const { viewingId } = player;
    const beat = { viewingId, sequence: 1, fromMs: 0, toMs: 1_000, state: 'playing' as const, keyCount: 0 };
    expect(await reportHeartbeat(test.app, stranger, beat)).toEqual({
      outcome: 'refused',
      code: 'viewing_closed',
      creditedMs: 0,
    });
  });

  it('closes a viewing that has gone silent at its last heartbeat, and credits nothing for the silence', async () => {
    await player.open(first().id);
    const before = (await credited(learner()))[0]!;
    await player.play(2_000);
    const lastBeat = test.clock.now();
    test.clock.advance(66_000);
    expect(await player.beat(player.positionMs + 66_000)).toMatchObject({
      outcome: 'refused',
      code: 'viewing_expired',
    });
    expect((await credited(learner()))[0]).toBe(before + 2_000);
    const closed = await test.app.db
      .selectFrom('viewing')
      .where('id', '=', player.viewingId)
      .select(['closedAt', 'closeReason'])
      .executeTakeFirstOrThrow();
    expect(closed).toEqual({ closedAt: lastBeat, closeReason: 'expired' });
  });

  it('is swept when no heartbeat comes any more', async () => {
    await player.open(first().id);
    await player.play(1_000);
    const lastBeat = test.clock.now();
    test.clock.advance(600_000);
    expect(await sweepViewings(test.app)).toBe(1);
    const rows = await test.app.db
      .selectFrom('viewing')
      .where('id', '=', player.viewingId)
      .select('closedAt')
      .execute();
    expect(rows).toEqual([{ closedAt: lastBeat }]);
  });

  it('earns nothing after the last day of the renewal period, not even in a viewing that was open at midnight', async () => {
    const { periodEnd } = await getLecture(test.app, learner());
    test.clock.set(`${periodEnd}T23:59:50+09:00`);
    await player.open(first().id);
    const { creditedMs } = (await player.play(5_000)) as { creditedMs: number };
    test.clock.advance(10_000);
    expect(await player.beat(player.positionMs + 10_000)).toEqual({
      outcome: 'refused',
      code: 'not_eligible',
      creditedMs,
    });
    await expect(player.open(first().id)).rejects.toMatchObject({ code: 'not_eligible' });
  });
});
