import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerQuestion, getAnsweredQuestion, getQuestion } from '#lib/server/attendance/answer-question.ts';
import { getLecture } from '#lib/server/attendance/get-lecture.ts';
import { listCaptions } from '#lib/server/attendance/list-captions.ts';
import { findLectureToBegin, startAttendance } from '#lib/server/attendance/start-attendance.ts';
import { segmentKey } from '#lib/server/media/segment-key.ts';
import { seedTestPeople } from '../../support/people.ts';
import { publishLecture, type PublishedLecture } from '../../support/published-lecture.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';
import { TestPlayer } from '../../support/test-player.ts';

const JAPANESE_MS = 60_000;
const ENGLISH_MS = 48_000;

let test: TestApp;
let lecture: PublishedLecture;
let people: Awaited<ReturnType<typeof seedTestPeople>>;
beforeAll(async () => {
  test = await makeTestApp();
  people = await seedTestPeople(test.app);
  // The first chapter has an English video, the second one English captions.
  lecture = await publishLecture(test.app, [JAPANESE_MS, JAPANESE_MS], { englishMs: [ENGLISH_MS] });
});
afterAll(() => test.close());

const hanako = () => people.learner('hanako');
const akiko = () => people.learner('akiko');
const chapter = (index: number) => lecture.chapters[index]!;

describe('a learner who takes the lecture in English', () => {
  it('is offered the languages with the minutes of each', async () => {
    expect((await findLectureToBegin(test.app, hanako()))?.languages).toEqual([
      { language: 'ja', totalMs: 2 * JAPANESE_MS },
      { language: 'en', totalMs: ENGLISH_MS + JAPANESE_MS },
    ]);
  });

  it('cannot begin in a language in which it is not given', async () => {
    for (const language of ['ur', 'xx', 'toString']) {
      await expect(startAttendance(test.app, hanako(), { language })).rejects.toMatchObject({
        code: 'language_not_offered',
      });
    }
    await expect(getLecture(test.app, hanako())).rejects.toMatchObject({ code: 'consent_required' });
  });

  it('watches its own video where there is one, else the Japanese one, and stays with it', async () => {
    await startAttendance(test.app, hanako(), { language: 'en' });
    await startAttendance(test.app, hanako(), { language: 'ja' });
    const { language, chapters } = await getLecture(test.app, hanako());
    expect(language).toBe('en');
    expect(chapters).toMatchObject([
      { title: 'Chapter 1', durationMs: ENGLISH_MS, videoId: chapter(0).englishVideoId },
      { title: 'Chapter 2', durationMs: JAPANESE_MS, videoId: chapter(1).videoId },
    ]);
  });

  it('is given the keys of that video and of no other, when it opens and while it plays', async () => {
    const player = new TestPlayer(test, hanako());
    const opened = await player.open(chapter(0).id);
    const keyOf = (index: number) =>
      segmentKey(lecture.masterSecret, chapter(0).englishVideoId!, index).toString('base64');
    expect(opened.durationMs).toBe(ENGLISH_MS);
    expect(opened.grant.keys).toEqual(Array.from({ length: ENGLISH_MS / 6_000 }, (_, index) => keyOf(index)));
    test.clock.advance(6_000);
    const reply = await player.beat(6_000);
    expect(reply).toMatchObject({ outcome: 'credited', grant: { fromIndex: 0 } });
    expect(reply.outcome === 'credited' && reply.grant.keys[0]).toBe(keyOf(0));
  });

  it('can switch to captions that run with that video, and to no others', async () => {
    expect(await listCaptions(test.app, hanako(), chapter(0).id)).toEqual(['en']);
    expect(await listCaptions(test.app, hanako(), chapter(1).id)).toEqual(['ja', 'en']);
  });

  it('is asked, answers and is told in English', async () => {
    await new TestPlayer(test, hanako()).watch(chapter(0).id);
    expect(await getQuestion(test.app, hanako(), chapter(0).id)).toMatchObject({
      text: 'Q1',
      language: 'en',
      choices: [{ text: 'right' }, { text: 'wrong' }],
    });
    await answerQuestion(test.app, hanako(), chapter(0).id, { choiceId: chapter(0).wrongChoiceId });
    expect(await getAnsweredQuestion(test.app, hanako(), chapter(0).id)).toMatchObject({
      explanation: 'Because',
      isRight: false,
    });
  });
});

describe('a learner who says nothing', () => {
  it('takes it in Japanese, with the captions of all who share the video', async () => {
    await startAttendance(test.app, akiko());
    const { language, chapters } = await getLecture(test.app, akiko());
    expect(language).toBe('ja');
    expect(chapters).toMatchObject([{ title: '第1章', durationMs: JAPANESE_MS }, { title: '第2章' }]);
    expect(await listCaptions(test.app, akiko(), chapter(0).id)).toEqual(['ja']);
  });
});
