import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MAX_PRESENCE_ASKS } from '#lib/domain/attendance/presence.ts';
import type { PresenceAsked } from '#lib/domain/attendance/protocol.ts';
import { findDisagreements } from '#lib/domain/attendance/ledger.ts';
import type { Learner } from '#lib/domain/people/actor.ts';
import { answerPresence } from '#lib/server/attendance/answer-presence.ts';
import { listChapters, findLatestAttendance } from '#lib/server/attendance/attendance.queries.ts';
import { getLecture } from '#lib/server/attendance/get-lecture.ts';
import { readLedger } from '#lib/server/attendance/read-ledger.ts';
import { startAttendance } from '#lib/server/attendance/start-attendance.ts';
import { seedTestPeople } from '../../support/people.ts';
import { publishLecture, type PublishedLecture } from '../../support/published-lecture.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';
import { TestPlayer } from '../../support/test-player.ts';

const CHAPTER_MS = 60_000;
const ANSWER_MS = 60_000;

let test: TestApp;
let lecture: PublishedLecture;
let people: Awaited<ReturnType<typeof seedTestPeople>>;
let learner: Learner;
let player: TestPlayer;
let gateMs = 0;

beforeAll(async () => {
  test = await makeTestApp();
  people = await seedTestPeople(test.app);
  lecture = await publishLecture(test.app, [CHAPTER_MS]);
  await test.app.db.updateTable('commission').set({ presencePerChapter: 1 }).execute();
});
afterAll(() => test.close());

const chapterId = () => lecture.chapters[0]!.id;
const answer = (asked: PresenceAsked, wish: 'pass' | 'extend' = 'pass') =>
  answerPresence(test.app, learner, { checkId: asked.checkId, wish });

/** Plays honestly up to the check and returns the question. */
async function playToCheck(): Promise<PresenceAsked> {
  for (let round = 0; round < 10; round += 1) {
    const reply = await player.play(Math.min(10_000, CHAPTER_MS - player.positionMs));
    if (reply.outcome !== 'credited') throw new Error(reply.code);
    player.positionMs = reply.creditedMs;
    expect(reply.creditedMs).toBeLessThanOrEqual(gateMs);
    expect(reply.releasedMs).toBeLessThanOrEqual(gateMs);
    if (reply.presence) return reply.presence;
  }
  throw new Error('nobody asked');
}

async function disagreements() {
  const attendance = (await findLatestAttendance(test.app.db, learner.driverId))!;
  const chapters = await listChapters(test.app.db, attendance.id);
  return findDisagreements(await readLedger(test.app.db, attendance, chapters));
}

async function creditedMs() {
  const attendance = (await findLatestAttendance(test.app.db, learner.driverId))!;
  return (await listChapters(test.app.db, attendance.id))[0]!.creditedMs;
}

async function begin(id: 'hanako' | 'akiko', wishes: Parameters<typeof startAttendance>[2] = {}) {
  learner = people.learner(id);
  player = new TestPlayer(test, learner);
  await startAttendance(test.app, learner, wishes);
  const attendance = (await findLatestAttendance(test.app.db, learner.driverId))!;
  const check = await test.app.db
    .selectFrom('presenceCheck')
    .where('attendanceId', '=', attendance.id)
    .select('positionMs')
    .executeTakeFirstOrThrow();
  gateMs = check.positionMs;
  test.clock.advance(3_600_000);
}

describe('a learner who is asked whether he is watching', () => {
  beforeAll(() => begin('hanako'));
  beforeEach(async () => {
    test.clock.advance(3_600_000);
    await player.open(chapterId());
  });

  it('goes back to the start of the chapter when he does not answer, is told so, and nothing else is lost', async () => {
    await playToCheck();
    test.clock.advance(50_000);
    expect(await player.beat(gateMs, 'paused')).toMatchObject({ presence: { answerWithinMs: 10_000 } });
    test.clock.advance(10_001);
    expect(await player.beat(gateMs, 'paused')).toEqual({
      outcome: 'refused',
      code: 'presence_missed',
      creditedMs: 0,
    });
    expect(await player.beat(gateMs, 'paused')).toMatchObject({ code: 'presence_missed' });
    expect([await creditedMs(), await disagreements()]).toEqual([0, []]);
  });

  it('is not helped by an answer that comes too late, nor harmed twice', async () => {
    const asked = await playToCheck();
    test.clock.advance(ANSWER_MS + 1);
    expect(await answer(asked)).toMatchObject({ outcome: 'missed', creditedMs: 0 });
    await expect(answer(asked)).rejects.toMatchObject({ code: 'presence_not_due' });
    expect([await creditedMs(), await disagreements()]).toEqual([0, []]);
  });

  it('is asked again with fresh time after his line broke, and opening again and again is a miss', async () => {
    await playToCheck();
    test.clock.advance(600_000);
    for (let asks = 2; asks <= MAX_PRESENCE_ASKS; asks += 1) {
      const { presence } = await player.open(chapterId());
      expect(presence).toMatchObject({ answerWithinMs: ANSWER_MS });
      test.clock.advance(5_000);
    }
    expect(await player.open(chapterId())).toMatchObject({ creditedMs: 0, presence: null });
    expect(await disagreements()).toEqual([]);
  });

  it('cannot answer before, nor for somebody else; more time is given once; in time he goes on to the end', async () => {
    const asked = await playToCheck();
    const stranger = people.learner('akiko');
    await startAttendance(test.app, stranger);
    await expect(
      answerPresence(test.app, stranger, { checkId: asked.checkId, wish: 'pass' }),
    ).rejects.toMatchObject({ code: 'not_found' });
    expect(await answer(asked, 'extend')).toEqual({ outcome: 'waiting', answerWithinMs: 2 * ANSWER_MS });
    expect(await answer(asked, 'extend')).toMatchObject({ outcome: 'waiting' });
    test.clock.advance(ANSWER_MS);
    await player.beat(gateMs, 'paused');
    test.clock.advance(30_000);
    const answers = await Promise.all([answer(asked), answer(asked)]);
    expect(answers.map(({ outcome }) => outcome)).toEqual(['passed', 'passed']);
    let reply = await player.play(10_000);
    while (player.positionMs < CHAPTER_MS)
      reply = await player.play(Math.min(10_000, CHAPTER_MS - player.positionMs));
    expect(reply).toMatchObject({ isChapterWatched: true });
    expect(await disagreements()).toEqual([]);
    const { uncounted, hasPresence } = await getLecture(test.app, learner);
    expect(hasPresence).toBe(true);
    expect(uncounted).toEqual([{ position: 1, cause: 'presenceMissed', ms: 3 * gateMs }]);
    const events = await test.app.db
      .selectFrom('leaseEvent')
      .where('kind', '=', 'presence')
      .orderBy('id')
      .select('reason')
      .execute();
    const [asking, missed] = ['asked', 'missed'];
    expect(events.map(({ reason }) => reason)).toEqual([
      ...[asking, missed, asking, missed, asking, asking, asking, missed],
      ...[asking, 'extended', 'passed'],
    ]);
  });
});
