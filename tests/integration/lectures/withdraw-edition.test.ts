import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Administrator, Learner } from '#lib/domain/people/actor.ts';
import { acceptPhoto } from '#lib/server/attendance/accept-photo.ts';
import { answerQuestion } from '#lib/server/attendance/answer-question.ts';
import { getLecture } from '#lib/server/attendance/get-lecture.ts';
import { sendSurvey } from '#lib/server/attendance/send-survey.ts';
import { findLectureToBegin, startAttendance } from '#lib/server/attendance/start-attendance.ts';
import { createEdition } from '#lib/server/lectures/create-edition.ts';
import { getEdition } from '#lib/server/lectures/get-edition.ts';
import { publishEdition } from '#lib/server/lectures/publish-edition.ts';
import { withdrawEdition } from '#lib/server/lectures/withdraw-edition.ts';
import { finishDraft, makeAdministrator, makeDraft, publishDraft, seenNow } from '../../support/drafts.ts';
import { seedTestPeople } from '../../support/people.ts';
import { drawJpeg } from '../../support/photo.ts';
import { publishLecture } from '../../support/published-lecture.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';
import { TestPlayer } from '../../support/test-player.ts';

const LEGAL = [15 * 60_000, 15 * 60_000];
const REASON = '第1章の説明に誤りがあったため';

let test: TestApp;
let administrator: Administrator;
let learner: (id: string) => Learner;
const used: TestApp[] = [];
beforeEach(async () => {
  test = await makeTestApp({ now: '2026-11-22T03:00:00Z' });
  used.push(test);
  ({ learner } = await seedTestPeople(test.app));
  administrator = await makeAdministrator(test.app);
});
afterAll(() => Promise.all(used.map((each) => each.close())));

const edition = (editionId: string) => getEdition(test.app, administrator, editionId);
const seen = (editionId: string) => seenNow(test.app, administrator, editionId);
const withdraw = async (editionId: string) =>
  withdrawEdition(test.app, administrator, { ...(await seen(editionId)), reason: REASON, confirmed: 'yes' });

describe('an edition that is withdrawn by itself', () => {
  it('is begun by nobody any more; who is in the middle of it goes on to his record', async () => {
    const { editionId, chapters } = await publishLecture(test.app, [60_000, 60_000]);
    const hanako = learner('hanako');
    await startAttendance(test.app, hanako);
    const before = await getLecture(test.app, hanako);
    expect(await edition(editionId)).toMatchObject({ unfinishedCount: 1 });

    await withdraw(editionId);
    expect(await edition(editionId)).toMatchObject({
      state: 'withdrawn',
      withdrawalReason: REASON,
    });
    expect(await getLecture(test.app, hanako)).toEqual(before);
    const player = new TestPlayer(test, hanako);
    for (const { id, rightChoiceId } of chapters) {
      expect(await player.watch(id)).toMatchObject({ outcome: 'credited', isChapterWatched: true });
      await answerQuestion(test.app, hanako, id, { choiceId: rightChoiceId });
      await acceptPhoto(test.app, hanako, id, drawJpeg());
    }
    await sendSurvey(test.app, hanako, { clarity: '5', usability: '4', comment: '' });
    expect(await getLecture(test.app, hanako)).toMatchObject({ isComplete: true });
    expect(await edition(editionId)).toMatchObject({ unfinishedCount: 0 });

    const late = learner('akiko');
    expect(await findLectureToBegin(test.app, late)).toBeUndefined();
    await expect(startAttendance(test.app, late)).rejects.toMatchObject({ code: 'no_lecture_published' });
  });

  it('is so with who did it and how many were in the middle; the reason stands with the edition', async () => {
    const { editionId } = await publishLecture(test.app, LEGAL);
    await startAttendance(test.app, learner('hanako'));
    await withdraw(editionId);
    const audit = await test.app.db
      .selectFrom('auditEvent')
      .where('what', '=', 'edition.withdrawn')
      .select(['subjectId', 'actorId', 'detail'])
      .execute();
    expect(audit).toEqual([
      { subjectId: editionId, actorId: administrator.officerId, detail: { number: 1, unfinished: 1 } },
    ]);
  });

  it('was so by somebody who read what that means and said why', async () => {
    const { editionId } = await publishLecture(test.app, LEGAL);
    const published = await seen(editionId);
    const attempt = (input: { reason: string; confirmed?: 'yes' }) =>
      withdrawEdition(test.app, administrator, { ...published, ...input });
    await expect(attempt({ reason: REASON })).rejects.toMatchObject({ code: 'withdrawal_unconfirmed' });
    await expect(attempt({ reason: '', confirmed: 'yes' })).rejects.toMatchObject({
      code: 'reason_required',
    });
    expect(await edition(editionId)).toMatchObject({ state: 'published' });
  });

  it('and a learner who begins at that very moment: one comes first, and the count agrees', async () => {
    const { editionId } = await publishLecture(test.app, LEGAL);
    const published = { ...(await seen(editionId)), reason: REASON, confirmed: 'yes' } as const;
    const [started] = await Promise.allSettled([
      startAttendance(test.app, learner('hanako')),
      withdrawEdition(test.app, administrator, published),
    ]);
    if (started.status === 'rejected') expect(started.reason).toMatchObject({ code: 'no_lecture_published' });
    const { detail } = await test.app.db
      .selectFrom('auditEvent')
      .where('what', '=', 'edition.withdrawn')
      .select('detail')
      .executeTakeFirstOrThrow();
    expect(detail).toMatchObject({ unfinished: started.status === 'fulfilled' ? 1 : 0 });
  });
});

it('lets a learner begin on either who asks while one edition takes the place of another', async () => {
  const first = await makeDraft(test.app, administrator, LEGAL);
  await publishDraft(test.app, administrator, first);
  const editionId = await createEdition(test.app, administrator, {
    lectureId: first.lectureId,
    from: 'newest',
  });
  const ready = await finishDraft(test.app, administrator, await seen(editionId));
  const begin = ['hanako', 'akiko'].map((id) =>
    startAttendance(test.app, learner(id)).catch(() => 'refused'),
  );
  const [, ...begun] = await Promise.all([publishEdition(test.app, administrator, ready), ...begin]);
  expect(begun).not.toContain('refused');
});
