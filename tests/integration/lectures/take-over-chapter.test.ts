import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { createEdition } from '#lib/server/lectures/create-edition.ts';
import { declareLanguages } from '#lib/server/lectures/declare-languages.ts';
import { getEdition } from '#lib/server/lectures/get-edition.ts';
import { listNationalChapters } from '#lib/server/lectures/list-national-chapters.ts';
import { moveChapter } from '#lib/server/lectures/move-chapter.ts';
import { moveQuestion } from '#lib/server/lectures/move-question.ts';
import { removeChapter } from '#lib/server/lectures/remove-chapter.ts';
import { removeQuestion } from '#lib/server/lectures/remove-question.ts';
import { takeOverChapter } from '#lib/server/lectures/take-over-chapter.ts';
import { openNationalLibrary } from '#lib/server/register/open-national-library.ts';
import { seedCommissions } from '#lib/server/register/seed-commissions.ts';
import { makeComposer } from '../../support/composing.ts';
import { makeAdministrator, makeDraft, publishDraft, seenNow } from '../../support/drafts.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

const MINUTE_MS = 60_000;

let test: TestApp;
let administrator: Administrator;
let national: Administrator;
let library: Awaited<ReturnType<typeof makeDraft>>;
beforeAll(async () => {
  test = await makeTestApp();
  await seedCommissions(test.app);
  await openNationalLibrary(test.app, {
    code: 'national',
    nameJa: '警察庁',
    nameEn: 'National Police Agency',
  });
  administrator = await makeAdministrator(test.app);
  national = await makeAdministrator(test.app, 'national', '全国 花子');
  // Far from the legal minutes: nobody attends it by itself.
  library = await makeDraft(test.app, national, [10 * MINUTE_MS, 20 * MINUTE_MS]);
});
afterAll(() => test.close());

const take = (seen: { editionId: string; version: number }, originChapterId: string, actor = administrator) =>
  takeOverChapter(test.app, actor, { ...seen, originChapterId });
const chaptersOf = async (editionId: string) =>
  (await getEdition(test.app, administrator, editionId)).chapters;
const [first, second] = [() => library.chapterIds[0]!, () => library.chapterIds[1]!];

describe('national chapters', () => {
  it('cannot be taken over before they are published', async () => {
    const draft = await makeDraft(test.app, administrator, []);
    await expect(take(draft, first())).rejects.toMatchObject({ code: 'not_found' });
    const { lectures } = await listNationalChapters(test.app, administrator, draft.editionId);
    expect(lectures).toEqual([]);
    await publishDraft(test.app, national, library);
  });

  it('are shown, taken over in any order, and make up the legal minutes', async () => {
    const draft = await makeDraft(test.app, administrator, []);
    const { lectures } = await listNationalChapters(test.app, administrator, draft.editionId);
    expect(lectures[0]?.chapters).toMatchObject([
      { id: first(), durationMs: 10 * MINUTE_MS, isTaken: false },
      { id: second(), durationMs: 20 * MINUTE_MS, isTaken: false },
    ]);
    const { version } = await take(draft, second());
    await take({ ...draft, version }, first());
    const { chapters, faults, totalMs } = await getEdition(test.app, administrator, draft.editionId);
    expect(chapters.map(({ isNational }) => isNational)).toEqual([true, true]);
    expect(chapters.map(({ versions }) => versions.ja?.video?.durationMs)).toEqual([
      20 * MINUTE_MS,
      10 * MINUTE_MS,
    ]);
    expect(chapters[0]?.questions[0]?.words).toEqual(
      (await getEditionOfLibrary()).chapters[1]?.questions[0]?.words,
    );
    expect([faults, totalMs]).toEqual([[], 30 * MINUTE_MS]);
    const again = await listNationalChapters(test.app, administrator, draft.editionId);
    expect(again.lectures[0]?.chapters.map(({ isTaken }) => isTaken)).toEqual([true, true]);
  });

  it('keep their badge in the next edition that is copied', async () => {
    const draft = await makeDraft(test.app, administrator, []);
    let { version } = await take(draft, first());
    ({ version } = await take({ ...draft, version }, second()));
    await publishDraft(test.app, administrator, { ...draft, version });
    const { lectureId } = draft;
    const next = await createEdition(test.app, administrator, { lectureId, from: 'newest' });
    expect((await chaptersOf(next)).map(({ isNational }) => isNational)).toEqual([true, true]);
  });

  it('lack what the edition wants in a language that the library does not have', async () => {
    const draft = await makeDraft(test.app, administrator, []);
    const { version } = await take(draft, first());
    await declareLanguages(test.app, administrator, { ...draft, version, languages: ['ur'] });
    const [chapter] = await chaptersOf(draft.editionId);
    expect(chapter?.lacks.map((lack) => lack.lacks)).toEqual(['title', 'captions', 'questionWords']);
  });

  it('can be moved and removed, and nothing of them changed', async () => {
    const draft = await makeDraft(test.app, administrator, [MINUTE_MS]);
    const desk = await makeComposer(test, administrator);
    const { chapterId, version } = await take(draft, first());
    const seen = { editionId: draft.editionId, version, chapterId };
    const [{ id: questionId } = { id: '' }] = (await desk.getChapterOf(seen)).questions;
    const refused = { code: 'chapter_taken_over' };
    await expect(desk.save(seen)).rejects.toMatchObject(refused);
    await expect(desk.ask(seen, null, 'x')).rejects.toMatchObject(refused);
    await expect(desk.ask(seen, questionId, 'x')).rejects.toMatchObject(refused);
    const question = { ...seen, questionId };
    await expect(removeQuestion(test.app, administrator, question)).rejects.toMatchObject(refused);
    await expect(
      moveQuestion(test.app, administrator, { ...question, direction: 'up' }),
    ).rejects.toMatchObject(refused);
    const moved = await moveChapter(test.app, administrator, { ...seen, direction: 'up' });
    expect((await chaptersOf(draft.editionId)).map(({ isNational }) => isNational)).toEqual([true, false]);
    await removeChapter(test.app, administrator, { ...seen, version: moved });
    expect(await chaptersOf(draft.editionId)).toHaveLength(1);
    expect((await getEditionOfLibrary()).chapters).toHaveLength(2);
  });

  it('are taken over once into an edition, also when two administrators do it at once', async () => {
    const draft = await makeDraft(test.app, administrator, []);
    const results = await Promise.allSettled([take(draft, first()), take(draft, first())]);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'edition_changed_meanwhile' },
    });
    await expect(
      take(await seenNow(test.app, administrator, draft.editionId), first()),
    ).rejects.toMatchObject({
      code: 'chapter_there_already',
    });
    expect(await chaptersOf(draft.editionId)).toHaveLength(1);
  });
});

const getEditionOfLibrary = () => getEdition(test.app, national, library.editionId);

describe('what is not national', () => {
  it("is not taken over: neither another prefecture's chapter nor into the library itself", async () => {
    const tokyo = await makeAdministrator(test.app, 'tokyo', '東京 三郎');
    const foreign = await makeDraft(test.app, tokyo, [30 * MINUTE_MS]);
    await publishDraft(test.app, tokyo, foreign);
    const draft = await makeDraft(test.app, administrator, []);
    await expect(take(draft, foreign.chapterIds[0]!)).rejects.toMatchObject({ code: 'not_found' });
    const next = await makeDraft(test.app, national, []);
    await expect(take(next, first(), national)).rejects.toMatchObject({ code: 'not_allowed' });
    await expect(take(draft, first(), tokyo)).rejects.toMatchObject({ code: 'not_allowed' });
  });
});
