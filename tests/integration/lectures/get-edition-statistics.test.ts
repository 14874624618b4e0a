import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Administrator, Learner } from '#lib/domain/people/actor.ts';
import { acceptPhoto } from '#lib/server/attendance/accept-photo.ts';
import { answerQuestion } from '#lib/server/attendance/answer-question.ts';
import { sendSurvey } from '#lib/server/attendance/send-survey.ts';
import { startAttendance } from '#lib/server/attendance/start-attendance.ts';
import { getEditionStatistics } from '#lib/server/lectures/get-edition-statistics.ts';
import { makeAdministrator } from '../../support/drafts.ts';
import { manyDrivers } from '../../support/many-drivers.ts';
import { drawJpeg } from '../../support/photo.ts';
import { publishLecture, type PublishedLecture } from '../../support/published-lecture.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';
import { TestPlayer } from '../../support/test-player.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const WHOLE = { from: null, to: null };
const SURVEY = { clarity: '5', usability: '5', comment: '' } as const;
const photo = drawJpeg();

let test: TestApp;
let administrator: Administrator;
let lecture: PublishedLecture;
let empty: PublishedLecture;
let learners: Learner[];

const figures = (period: { from: string | null; to: string | null } = WHOLE, { editionId } = lecture) =>
  getEditionStatistics(test.app, administrator, editionId, period);

async function begin(): Promise<{ learner: Learner; player: TestPlayer }> {
  const learner = learners.shift()!;
  await startAttendance(test.app, learner);
  return { learner, player: new TestPlayer(test, learner) };
}

type Chapter = PublishedLecture['chapters'][number];

async function answer(learner: Learner, { id, rightChoiceId, wrongChoiceId }: Chapter, isRight: boolean) {
  await answerQuestion(test.app, learner, id, { choiceId: isRight ? rightChoiceId : wrongChoiceId });
}

/** Two chapters with their questions and photos; the survey is left. */
async function watchAll(
  { learner, player }: { learner: Learner; player: TestPlayer },
  isFirstRight: boolean,
) {
  for (const [index, chapter] of lecture.chapters.entries()) {
    await player.watch(chapter.id);
    await answer(learner, chapter, index > 0 || isFirstRight);
    await acceptPhoto(test.app, learner, chapter.id, photo);
  }
}

/** Opens the chapter and plays so far. */
async function watchUntil(player: TestPlayer, chapter: Chapter, ms: number) {
  await player.open(chapter.id);
  while (player.positionMs < ms) await player.play(Math.min(5_000, ms - player.positionMs));
}

beforeAll(async () => {
  test = await makeTestApp({ now: '2026-11-05T03:00:00Z' });
  learners = await manyDrivers(test.app, 20);
  administrator = await makeAdministrator(test.app);
  empty = await publishLecture(test.app, [MINUTE_MS], { lectureClass: 'general' });
  lecture = await publishLecture(test.app, [MINUTE_MS, MINUTE_MS]);
  const [first, second] = lecture.chapters as [Chapter, Chapter];

  // 5 November, noon in Japan: six complete, in 2, 3, 4, 5, 6 and 7 minutes; two of them answer wrong; each once leaps ahead by 5 s.
  for (const minutes of [0, 1, 2, 3, 4, 5]) {
    const person = await begin();
    await person.player.open(first.id);
    await person.player.beat(35_000, 'playing', { fromMs: 30_000 });
    await watchAll(person, minutes >= 2);
    test.clock.advance(minutes * MINUTE_MS);
    await sendSurvey(test.app, person.learner, SURVEY);
  }

  // 6 November, one minute after midnight in Japan (still the 5th in Greenwich): five stop in the first chapter, for good.
  test.clock.set('2026-11-05T15:01:00Z');
  for (const ms of [26_000, 29_999]) await watchUntil((await begin()).player, first, ms);
  await (await begin()).player.watch(first.id);
  const photoless = await begin();
  await photoless.player.watch(first.id);
  await answer(photoless.learner, first, false);
  await test.app.db.updateTable('commission').set({ presencePerChapter: 1 }).execute();
  const asked = await begin();
  await test.app.db.updateTable('commission').set({ presencePerChapter: 0 }).execute();
  await asked.player.open(first.id);
  for (let beats = 0; beats < 8; beats += 1) {
    test.clock.advance(6_000);
    await asked.player.beat(Math.min(MINUTE_MS, asked.player.positionMs + 6_000));
  }

  // 10 November: one stops in the second chapter, one before the survey.
  test.clock.set('2026-11-10T03:00:00Z');
  const resting = await begin();
  await resting.player.watch(first.id);
  await answer(resting.learner, first, true);
  await acceptPhoto(test.app, resting.learner, first.id, photo);
  await watchUntil(resting.player, second, 10_000);
  await resting.player.beat(11_000, 'playing', { sequence: 99 });
  await watchAll(await begin(), true);

  // 22 November: one is at it.
  test.clock.set('2026-11-22T03:00:00Z');
  await watchUntil((await begin()).player, first, 30_000);
  test.clock.advance(9 * MINUTE_MS);
});
afterAll(() => test.close());

describe('the figures of an edition', () => {
  it('say of everybody who began whether he has completed, is at it, may go on or has given up', async () => {
    expect((await figures()).people).toEqual({
      ...{ started: 14, completed: 6, underWay: 1, resting: 2, givenUp: 5 },
      stoppedAtSurvey: 1,
    });
  });

  it('say how long it took by the wall clock: half of them, and nine in ten', async () => {
    const { wall } = await figures();
    expect(wall).toEqual({ medianMs: 4.5 * MINUTE_MS, ninetiethMs: 6.5 * MINUTE_MS });
  });

  it('say how many reached and passed each chapter', async () => {
    expect((await figures()).chapters).toMatchObject([
      { position: 1, durationMs: MINUTE_MS, reached: 14, watched: 10, passed: 8, stopped: 5 },
      { position: 2, durationMs: MINUTE_MS, reached: 8, watched: 7, passed: 7, stopped: 1, stops: null },
    ]);
  });

  it('say where in a chapter people stopped, and at which gate', async () => {
    const [first] = (await figures()).chapters;
    expect(first?.stops).toEqual({
      parts: [0, 0, 0, 0, 2, 0, 0, 0, 0, 0],
      gates: { presence: 1, question: 1, photo: 1 },
    });
  });

  it('say how often each question was answered wrong, and which choices were taken', async () => {
    expect((await figures()).questions).toMatchObject([
      {
        ...{ chapterPosition: 1, textJa: '問1', answered: 9, wrong: 3 },
        choices: [
          { textJa: '正', isRight: true, people: 6 },
          { textJa: '誤', isRight: false, people: 3 },
        ],
      },
      { chapterPosition: 2, answered: 7, wrong: 0, choices: [{ people: 7 }, { people: 0 }] },
    ]);
  });

  it('say how much was not counted and why, and of fewer than five people only that there were some', async () => {
    expect((await figures()).uncounted).toEqual([
      { reason: 'not_contiguous', people: 6, times: 6, ms: 30_000 },
      { reason: 'out_of_sequence', people: null, times: null, ms: null },
    ]);
  });

  it('say what happened on each of the last thirty days of Japan', async () => {
    const { days } = await figures();
    expect(days).toHaveLength(30);
    expect(days.at(-1)?.day).toBe('2026-11-22');
    expect(days.filter(({ started, completed }) => started + completed > 0)).toEqual([
      { day: '2026-11-05', started: 6, completed: 6 },
      { day: '2026-11-06', started: 5, completed: 0 },
      { day: '2026-11-10', started: 2, completed: 0 },
      { day: '2026-11-22', started: 1, completed: 0 },
    ]);
  });
});

describe('a period', () => {
  it('begins and ends at midnight in Japan', async () => {
    const fifth = await figures({ from: '2026-11-05', to: '2026-11-05' });
    expect(fifth).toMatchObject({
      people: { started: 6, completed: 6 },
      wall: { medianMs: 4.5 * MINUTE_MS },
    });
    expect(fifth.days).toEqual([{ day: '2026-11-05', started: 6, completed: 6 }]);
    expect(fifth.uncounted).toHaveLength(1);
    const sixth = await figures({ from: '2026-11-06', to: '2026-11-06' });
    expect(sixth).toMatchObject({ people: { started: 5, completed: 0, givenUp: 5 }, wall: null });
    expect(sixth.chapters).toMatchObject([{ reached: 5, passed: 0, stopped: 5 }, { reached: 0 }]);
    expect(sixth.uncounted).toEqual([]);
  });

  it('of few people shows what they add up to, and not what one of them did', async () => {
    const tenth = await figures({ from: '2026-11-07', to: '2026-11-21' });
    expect(tenth).toMatchObject({ people: { started: 2, resting: 2, stoppedAtSurvey: 1 }, wall: null });
    expect(tenth.questions).toMatchObject([
      { answered: 2, wrong: null, choices: [{ people: null }, { people: null }] },
      { answered: 1, wrong: null },
    ]);
    expect(tenth.chapters.map(({ stops }) => stops)).toEqual([null, null]);
  });

  it('may be open, lie in the future or have passed long ago', async () => {
    expect((await figures({ from: '2026-11-06', to: null })).people.started).toBe(8);
    expect((await figures({ from: null, to: '2026-11-09' })).people.started).toBe(11);
    expect((await figures({ from: '0001-01-01', to: '9999-12-31' })).people.started).toBe(14);
    const future = await figures({ from: '9999-12-31', to: '9999-12-31' });
    expect(future).toMatchObject({ people: { started: 0 }, days: [] });
    expect((await figures({ from: '0001-01-01', to: '0001-01-01' })).people.started).toBe(0);
  });
});

describe('people go on', () => {
  it('and are resting after ten minutes, and have given up after fourteen days, until they come again', async () => {
    test.clock.advance(MINUTE_MS);
    expect((await figures()).people).toMatchObject({ underWay: 0, resting: 3, givenUp: 5 });
    test.clock.advance(14 * DAY_MS);
    expect((await figures()).people).toMatchObject({ underWay: 0, resting: 0, givenUp: 8 });
  });
});

describe('an edition', () => {
  it('that nobody has begun has chapters and questions, and nobody in them', async () => {
    expect(await figures(WHOLE, empty)).toMatchObject({
      edition: { id: empty.editionId, number: 1, lectureClass: 'general' },
      people: { started: 0, completed: 0, underWay: 0, resting: 0, givenUp: 0 },
      wall: null,
      chapters: [{ reached: 0, passed: 0, stops: null }],
      questions: [{ answered: 0, wrong: null }],
      uncounted: [],
    });
  });

  it('of another commission, or none, is not found', async () => {
    const stranger = await makeAdministrator(test.app, 'tokyo', '東京 三郎');
    const refused = { code: 'not_found' };
    await expect(getEditionStatistics(test.app, stranger, lecture.editionId, WHOLE)).rejects.toMatchObject(
      refused,
    );
    for (const id of ['no id', 'a2b6f0a4-6a5c-4c0a-9d35-0d7e6c3c8f11']) {
      await expect(getEditionStatistics(test.app, administrator, id, WHOLE)).rejects.toMatchObject(refused);
    }
  });
});
