import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answerQuestion } from '#lib/server/attendance/answer-question.ts';
import { acceptPhoto } from '#lib/server/attendance/accept-photo.ts';
import { deleteDuePhotos } from '#lib/server/attendance/delete-due-photos.ts';
import { getLecture } from '#lib/server/attendance/get-lecture.ts';
import { openViewing } from '#lib/server/attendance/open-viewing.ts';
import { sendSurvey } from '#lib/server/attendance/send-survey.ts';
import { startAttendance } from '#lib/server/attendance/start-attendance.ts';
import { seedTestPeople } from '../../support/people.ts';
import { drawJpeg } from '../../support/photo.ts';
import { publishLecture, type PublishedLecture } from '../../support/published-lecture.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';
import { TestPlayer } from '../../support/test-player.ts';

const CHAPTER_MS = 60_000;
const PEOPLE = ['hanako', 'akiko'] as const;

let test: TestApp;
let lecture: PublishedLecture;
let people: Awaited<ReturnType<typeof seedTestPeople>>;
const photo = drawJpeg();

beforeAll(async () => {
  test = await makeTestApp();
  people = await seedTestPeople(test.app);
  lecture = await publishLecture(test.app, [CHAPTER_MS, CHAPTER_MS]);
});
afterAll(() => test.close());

describe('a learner who watches', () => {
  it('takes the whole lecture, chapter by chapter, and gets a record', async () => {
    const learner = people.learner(PEOPLE[0]);
    const player = new TestPlayer(test, learner);
    await startAttendance(test.app, learner);
    for (const chapter of lecture.chapters) {
      expect(await player.watch(chapter.id)).toMatchObject({ outcome: 'credited', isChapterWatched: true });
      await answerQuestion(test.app, learner, chapter.id, { choiceId: chapter.wrongChoiceId });
      await acceptPhoto(test.app, learner, chapter.id, photo);
    }
    expect((await getLecture(test.app, learner)).next).toEqual({ kind: 'survey' });
    await sendSurvey(test.app, learner, { clarity: '5', usability: '4', comment: '' });
    const after = await getLecture(test.app, learner);
    expect(after).toMatchObject({ isComplete: true, next: { kind: 'done' } });
    const records = await test.app.db
      .selectFrom('completionRecord')
      .select(['recordNumber', 'state'])
      .execute();
    expect(records).toMatchObject([{ state: 'issued' }]);
  });

  it('finds in the ledger, when it is over, a few rows that cover each chapter', async () => {
    const rows = await test.app.db
      .selectFrom('watchedInterval')
      .select(['fromMs', 'toMs'])
      .orderBy('id')
      .execute();
    expect(rows).toEqual([
      { fromMs: 0, toMs: CHAPTER_MS },
      { fromMs: 0, toMs: CHAPTER_MS },
    ]);
  });

  it('cannot begin again what is complete', async () => {
    const learner = people.learner(PEOPLE[0]);
    await expect(
      openViewing(test.app, learner, { chapterId: lecture.chapters[0]!.id }),
    ).rejects.toMatchObject({
      code: 'attendance_complete',
    });
    await expect(
      sendSurvey(test.app, learner, { clarity: '5', usability: '4', comment: '' }),
    ).rejects.toMatchObject({
      code: 'attendance_complete',
    });
  });
});

describe('the photos of a lecture', () => {
  it('are deleted on the day that the learner was told, not before, with an entry in the audit trail', async () => {
    const { db, storage } = test.app;
    const photos = await db.selectFrom('facePhoto').select(['id', 'storageKey', 'deleteAfter']).execute();
    expect(photos).toHaveLength(2);
    const [{ deleteAfter, storageKey } = { deleteAfter: '', storageKey: '' }] = photos;
    const now = test.clock.now();
    test.clock.set(`${deleteAfter}T00:00:00+09:00`);
    test.clock.advance(-1);
    expect(await deleteDuePhotos(test.app)).toBe(0);
    expect(await storage.open(storageKey)).toBeDefined();
    test.clock.advance(1);
    expect(await deleteDuePhotos(test.app)).toBe(2);
    for (const photo of photos) expect(await storage.open(photo.storageKey)).toBeUndefined();
    expect(await deleteDuePhotos(test.app)).toBe(0);
    const entries = await db
      .selectFrom('auditEvent')
      .where('what', '=', 'photo.deleted')
      .select('subjectId')
      .execute();
    expect(entries.map(({ subjectId }) => subjectId).sort()).toEqual(photos.map(({ id }) => id).sort());
    test.clock.set(now);
  });
});

describe('the gates between the chapters', () => {
  const learner = () => people.learner(PEOPLE[1]);
  const first = () => lecture.chapters[0]!;
  const second = () => lecture.chapters[1]!;
  let player: TestPlayer;

  beforeAll(() => startAttendance(test.app, learner()));
  beforeEach(() => {
    player = new TestPlayer(test, learner());
    test.clock.advance(3_600_000);
  });

  it('opens neither the next chapter, nor the question, nor the photo before the video has been watched', async () => {
    await expect(player.open(second().id)).rejects.toMatchObject({ code: 'chapter_locked' });
    await expect(
      answerQuestion(test.app, learner(), first().id, { choiceId: first().rightChoiceId }),
    ).rejects.toMatchObject({ code: 'chapter_not_watched' });
    await expect(acceptPhoto(test.app, learner(), first().id, photo)).rejects.toMatchObject({
      code: 'chapter_not_watched',
    });
    await expect(
      sendSurvey(test.app, learner(), { clarity: '1', usability: '1', comment: '' }),
    ).rejects.toMatchObject({ code: 'survey_not_due' });
  });

  it('takes one answer, to its own question, and then a photo that is one', async () => {
    await player.watch(first().id);
    await expect(acceptPhoto(test.app, learner(), first().id, photo)).rejects.toMatchObject({
      code: 'question_not_answered',
    });
    await expect(
      answerQuestion(test.app, learner(), first().id, { choiceId: second().rightChoiceId }),
    ).rejects.toMatchObject({ code: 'choice_unknown' });
    const answers = await Promise.allSettled(
      [first().rightChoiceId, first().wrongChoiceId].map((choiceId) =>
        answerQuestion(test.app, learner(), first().id, { choiceId }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);

    const refused = async (bytes: Buffer) =>
      acceptPhoto(test.app, learner(), first().id, bytes).then(
        () => 'accepted',
        (thrown: { code: string }) => thrown.code,
      );
    expect(await refused(Buffer.from('<html>'))).toBe('photo_not_an_image');
    expect(await refused(Buffer.alloc(0))).toBe('photo_not_an_image');
    expect(await refused(photo.subarray(0, photo.length / 2))).toBe('photo_not_an_image');
    expect(await refused(Buffer.alloc(50 * 1024 * 1024))).toBe('photo_too_large');
    expect(await refused(drawJpeg(100, 100))).toBe('photo_too_small');
    expect(await refused(photo)).toBe('accepted');
    expect(await refused(photo)).toBe('photo_not_due');
  });

  it('stops at completion when a row of the ledger is missing', async () => {
    await player.watch(second().id);
    await answerQuestion(test.app, learner(), second().id, { choiceId: second().rightChoiceId });
    await acceptPhoto(test.app, learner(), second().id, photo);
    const { db } = test.app;
    await expect(db.deleteFrom('watchedInterval').execute()).rejects.toThrow('append-only');
    // Only the owner of the database can do this, by taking the guard away.
    const { pool } = test.app;
    await pool.query('alter table watched_interval disable trigger all');
    await pool.query('delete from watched_interval where id = (select max(id) from watched_interval)');
    await pool.query('alter table watched_interval enable trigger all');
    await expect(
      sendSurvey(test.app, learner(), { clarity: '3', usability: '3', comment: '' }),
    ).rejects.toMatchObject({ code: 'ledger_disagrees' });
    expect((await getLecture(test.app, learner())).isComplete).toBe(false);
  });
});

describe('somebody who may not take the lecture', () => {
  it.each(['kenta', 'masao', 'yumi', 'shota', 'naoko', 'daisuke'])('cannot begin: %s', async (id) => {
    await expect(startAttendance(test.app, people.learner(id))).rejects.toMatchObject({
      code: 'not_eligible',
    });
  });
});
