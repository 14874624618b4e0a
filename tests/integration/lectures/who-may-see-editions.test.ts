import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { addChapter } from '#lib/server/lectures/add-chapter.ts';
import { createEdition } from '#lib/server/lectures/create-edition.ts';
import { declareLanguages } from '#lib/server/lectures/declare-languages.ts';
import { getCaptions } from '#lib/server/lectures/get-captions.ts';
import { getEdition } from '#lib/server/lectures/get-edition.ts';
import { listLectures } from '#lib/server/lectures/list-lectures.ts';
import { moveChapter } from '#lib/server/lectures/move-chapter.ts';
import { removeChapter } from '#lib/server/lectures/remove-chapter.ts';
import { saveChapter } from '#lib/server/lectures/save-chapter.ts';
import { saveQuestion } from '#lib/server/lectures/save-question.ts';
import { seedCommissions } from '#lib/server/register/seed-commissions.ts';
import {
  CAPTIONS_EN,
  CAPTIONS_JA,
  learner,
  makeAdministrator,
  makeDraft,
  publishDraft,
} from '../../support/drafts.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

const LEGAL = [15 * 60_000, 15 * 60_000];

let test: TestApp;
let administrator: Administrator;
let stranger: Administrator;
beforeAll(async () => {
  test = await makeTestApp();
  await seedCommissions(test.app);
  administrator = await makeAdministrator(test.app);
  stranger = await makeAdministrator(test.app, 'tokyo', '東京 三郎');
});
afterAll(() => test.close());

const draftOf = () => makeDraft(test.app, administrator, LEGAL);
const publish = (draft: { editionId: string; version: number }, actor = administrator) =>
  publishDraft(test.app, actor, draft);

describe("another commission's lectures", () => {
  it('are not to be seen or touched', async () => {
    const { lectureId, ...draft } = await draftOf();
    const seen = { ...draft, chapterId: draft.chapterIds[0]! };
    const refused = { code: 'not_allowed' };
    expect((await listLectures(test.app, stranger)).map(({ id }) => id)).not.toContain(lectureId);
    await expect(getEdition(test.app, stranger, draft.editionId)).rejects.toMatchObject(refused);
    await expect(createEdition(test.app, stranger, { lectureId, from: 'newest' })).rejects.toMatchObject(
      refused,
    );
    const nothing = { language: 'ja', title: '', videoId: null, captions: null } as const;
    const question = { questionId: null, question: { words: {}, choices: [] } };
    await expect(addChapter(test.app, stranger, seen)).rejects.toMatchObject(refused);
    await expect(saveChapter(test.app, stranger, { ...seen, ...nothing })).rejects.toMatchObject(refused);
    await expect(saveQuestion(test.app, stranger, { ...seen, ...question })).rejects.toMatchObject(refused);
    await expect(declareLanguages(test.app, stranger, { ...seen, languages: [] })).rejects.toMatchObject(
      refused,
    );
    await expect(removeChapter(test.app, stranger, seen)).rejects.toMatchObject(refused);
    await expect(moveChapter(test.app, stranger, { ...seen, direction: 'up' })).rejects.toMatchObject(
      refused,
    );
    await expect(publish(draft, stranger)).rejects.toMatchObject(refused);
    await expect(
      createEdition(test.app, administrator, { lectureId: draft.editionId, from: 'nothing' }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('captions', () => {
  it('are for learners once the edition is published, in both languages', async () => {
    const draft = await draftOf();
    const captions = { chapterId: draft.chapterIds[0]!, language: 'ja' } as const;
    await expect(getCaptions(test.app, learner, captions)).rejects.toMatchObject({ code: 'not_found' });
    expect(await getCaptions(test.app, administrator, captions)).toEqual({
      text: CAPTIONS_JA,
      isFinal: false,
    });
    await expect(getCaptions(test.app, stranger, captions)).rejects.toMatchObject({ code: 'not_found' });
    await publish(draft);
    expect(await getCaptions(test.app, learner, captions)).toEqual({ text: CAPTIONS_JA, isFinal: true });
    expect(await getCaptions(test.app, learner, { ...captions, language: 'en' })).toEqual({
      text: CAPTIONS_EN,
      isFinal: true,
    });
  });
});
