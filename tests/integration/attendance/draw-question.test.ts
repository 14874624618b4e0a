import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerQuestion, getAnsweredQuestion, getQuestion } from '#lib/server/attendance/answer-question.ts';
import { startAttendance } from '#lib/server/attendance/start-attendance.ts';
import { newLearner } from '../../support/new-learner.ts';
import { publishLecture, type PublishedLecture } from '../../support/published-lecture.ts';
import { seedTestPeople } from '../../support/people.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';
import { TestPlayer } from '../../support/test-player.ts';

const CHAPTER_MS = 12_000;
const BANK = 5;

let test: TestApp;
let lecture: PublishedLecture;
beforeAll(async () => {
  test = await makeTestApp();
  await seedTestPeople(test.app);
  lecture = await publishLecture(test.app, [CHAPTER_MS, CHAPTER_MS], { questionCount: BANK });
});
afterAll(() => test.close());

const chapter = () => lecture.chapters[0]!;

/** Somebody new who has watched the first chapter. */
async function watcher() {
  const { learner } = await newLearner(test.app, 'excellent');
  await new TestPlayer(test, learner).watch(chapter().id);
  return learner;
}

/** The question that stands in the database for this person's first chapter. */
async function drawnFor(driverId: string) {
  const row = await test.app.db
    .selectFrom('chapterAttendance as ca')
    .innerJoin('attendance as a', 'a.id', 'ca.attendanceId')
    .where('a.driverId', '=', driverId)
    .where('ca.chapterId', '=', chapter().id)
    .select('ca.questionId')
    .executeTakeFirstOrThrow();
  return row.questionId;
}

describe('a bank of questions', () => {
  it('gives nothing away before the chapter has been watched', async () => {
    const { learner } = await newLearner(test.app, 'excellent');
    await startAttendance(test.app, learner);
    await expect(getQuestion(test.app, learner, chapter().id)).rejects.toMatchObject({
      code: 'chapter_not_watched',
    });
    expect(await drawnFor(learner.driverId)).toBeNull();
  });

  it('shows the same question to all windows that ask at once, and again later', async () => {
    const learner = await watcher();
    const shown = await Promise.all(
      Array.from({ length: 6 }, () => getQuestion(test.app, learner, chapter().id)),
    );
    expect(new Set(shown.map(({ text }) => text)).size).toBe(1);
    const stored = await drawnFor(learner.driverId);
    const drawn = chapter().bank.findIndex(({ questionId }) => questionId === stored);
    expect(shown[0]?.text).toBe(`問${drawn + 1}`);
    expect(await getQuestion(test.app, learner, chapter().id)).toEqual(shown[0]);
  });

  it('never shows what is right before the answer', async () => {
    const shown = await getQuestion(test.app, await watcher(), chapter().id);
    expect(JSON.stringify(shown)).not.toMatch(/isRight|explanation|解説/);
  });

  it('takes no answer to a question that was not drawn, not even a right one', async () => {
    const learner = await watcher();
    await getQuestion(test.app, learner, chapter().id);
    const drawn = await drawnFor(learner.driverId);
    for (const { questionId, rightChoiceId } of chapter().bank) {
      if (questionId === drawn) continue;
      await expect(
        answerQuestion(test.app, learner, chapter().id, { choiceId: rightChoiceId }),
      ).rejects.toMatchObject({ code: 'choice_unknown' });
    }
    const own = chapter().bank.find(({ questionId }) => questionId === drawn)!;
    await answerQuestion(test.app, learner, chapter().id, { choiceId: own.rightChoiceId });
    expect(await getAnsweredQuestion(test.app, learner, chapter().id)).toMatchObject({
      id: drawn,
      isRight: true,
    });
    const { questionId } = await test.app.db
      .selectFrom('answer')
      .where('questionId', '=', drawn)
      .select('questionId')
      .executeTakeFirstOrThrow();
    expect(questionId).toBe(drawn);
  });

  it('asks different people different questions', async () => {
    const asked = new Set<string>();
    // The chance that twelve people all get the same one of five is 5⁻¹¹.
    for (let person = 0; person < 12; person += 1) {
      asked.add((await getQuestion(test.app, await watcher(), chapter().id)).text);
    }
    expect(asked.size).toBeGreaterThan(1);
  });
});
