import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Learner } from '#lib/domain/people/actor.ts';
import { acceptPhoto } from '#lib/server/attendance/accept-photo.ts';
import { answerQuestion } from '#lib/server/attendance/answer-question.ts';
import { getLecture } from '#lib/server/attendance/get-lecture.ts';
import { sendSurvey } from '#lib/server/attendance/send-survey.ts';
import { startAttendance } from '#lib/server/attendance/start-attendance.ts';
import { manyDrivers } from '../../support/many-drivers.ts';
import { drawJpeg } from '../../support/photo.ts';
import { publishLecture, type PublishedLecture } from '../../support/published-lecture.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';
import { TestPlayer } from '../../support/test-player.ts';

const CHAPTER_MS = 60_000;
const HOUR_MS = 3_600_000;
const START = '2026-11-22T03:00:00Z';

let test: TestApp;
let lecture: PublishedLecture;
let learners: Learner[];
let learner: Learner;
let player: TestPlayer;
const photo = drawJpeg();

beforeAll(async () => {
  test = await makeTestApp({ now: START });
  learners = await manyDrivers(test.app, 10);
  lecture = await publishLecture(test.app, [CHAPTER_MS, CHAPTER_MS]);
});
afterAll(() => test.close());
beforeEach(async () => {
  test.clock.set(START);
  learner = learners.pop()!;
  player = new TestPlayer(test, learner);
  await startAttendance(test.app, learner);
});

const first = () => lecture.chapters[0]!.id;
const credited = async () => (await getLecture(test.app, learner)).chapters[0]!.creditedMs;

/** Takes what is left of the lecture, and completes it. */
async function finish(): Promise<void> {
  for (const { id, rightChoiceId } of lecture.chapters) {
    await player.watch(id);
    await answerQuestion(test.app, learner, id, { choiceId: rightChoiceId });
    await acceptPhoto(test.app, learner, id, photo);
  }
  await sendSurvey(test.app, learner, { clarity: '3', usability: '3', comment: '' });
  expect((await getLecture(test.app, learner)).isComplete).toBe(true);
}

describe('when the clock of the database steps', () => {
  it('forward by an hour, the hour is no time in which anybody watched, and the lecture goes on', async () => {
    await player.open(first());
    await player.play(10_000);
    test.clock.advance(HOUR_MS);
    const reply = await player.beat(player.positionMs + 40_000);
    expect(reply).toEqual({ outcome: 'refused', code: 'viewing_expired', creditedMs: 10_000 });
    await finish();
  });

  it('back by an hour, nothing is earned in the hour that was already there, in this viewing or a new one', async () => {
    await player.open(first());
    await player.play(10_000);
    test.clock.advance(-HOUR_MS);
    await player.play(10_000);
    const other = new TestPlayer(test, learner);
    await other.open(first());
    for (let beats = 0; beats < 5; beats += 1) await other.play(10_000);
    expect(await credited()).toBe(10_000);
    test.clock.set(START);
    test.clock.advance(10_000);
    await finish();
  });

  it.each([-500, 500, -20_000, 20_000])(
    'by %i ms in the middle of a run, what is credited stays and the lecture can be completed',
    async (stepMs) => {
      await player.open(first());
      await player.play(10_000);
      test.clock.advance(stepMs);
      await player.play(10_000);
      expect(await credited()).toBeGreaterThanOrEqual(10_000);
      const other = new TestPlayer(test, learner);
      await other.open(first());
      await other.play(5_000);
      test.clock.advance(30_000);
      await finish();
    },
  );
});
