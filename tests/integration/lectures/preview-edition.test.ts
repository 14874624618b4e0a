import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { createEdition } from '#lib/server/lectures/create-edition.ts';
import { finishEdition } from '#lib/server/lectures/finish-edition.ts';
import { getEdition } from '#lib/server/lectures/get-edition.ts';
import { getPreview } from '#lib/server/lectures/get-preview.ts';
import { openPreview } from '#lib/server/lectures/open-preview.ts';
import {
  answerPreview,
  drawPreviewQuestion,
  getPreviewAnswer,
} from '#lib/server/lectures/preview-question.ts';
import { seedCommissions } from '#lib/server/register/seed-commissions.ts';
import { checkQuestions } from '../../../scripts/seed/check-questions.ts';
import { makeComposer } from '../../support/composing.ts';
import { checkDraft, makeAdministrator, makeDraft, publishDraft, seenNow } from '../../support/drafts.ts';
import { publishLecture } from '../../support/published-lecture.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

const LEGAL = [15 * 60_000, 15 * 60_000];
const UNCHECKED = { code: 'edition_question_unchecked' };
const JA = { language: 'ja', questionId: null } as const;

let test: TestApp;
let author: Administrator;
let colleague: Administrator;
let stranger: Administrator;
beforeAll(async () => {
  test = await makeTestApp();
  await seedCommissions(test.app);
  author = await makeAdministrator(test.app);
  colleague = await makeAdministrator(test.app, 'kanagawa', '小川 恵子');
  stranger = await makeAdministrator(test.app, 'tokyo', '東京 三郎');
});
afterAll(() => test.close());

async function draftOf() {
  const { editionId, chapterIds, ...draft } = await makeDraft(test.app, author, LEGAL);
  return { ...draft, editionId, chapterId: chapterIds[0]! };
}
type Ids = { editionId: string; chapterId: string };

/** The chapter's question as this administrator sees it, answered right or wrong. */
async function answer(ids: Ids, actor: Administrator, isRight: boolean) {
  const question = await drawPreviewQuestion(test.app, actor, ids, JA);
  const { chapters } = await getEdition(test.app, author, ids.editionId);
  const known = chapters.flatMap(({ questions }) => questions).find(({ id }) => id === question.id);
  const choiceId = known!.choices.find((choice) => choice.isRight === isRight)!.id;
  const seen = { questionId: question.id, revision: question.revision, choiceId, language: 'ja' } as const;
  await answerPreview(test.app, actor, { ...ids, ...seen });
  return seen;
}
async function stateOf({ editionId, chapterId }: Ids, actor = author) {
  const { chapters } = await getPreview(test.app, actor, editionId, null);
  return chapters.find(({ id }) => id === chapterId)?.questions[0];
}
const finish = async ({ editionId }: Ids) =>
  finishEdition(test.app, author, await seenNow(test.app, author, editionId));
const faults = async ({ editionId }: Ids) =>
  (await getEdition(test.app, author, editionId)).faults.map(({ code }) => code);

describe('a question', () => {
  it('is checked by a colleague who answers it right in the preview; then nothing keeps the edition', async () => {
    const draft = await draftOf();
    expect(await faults(draft)).toEqual([UNCHECKED.code, UNCHECKED.code]);
    await expect(finish(draft)).rejects.toMatchObject(UNCHECKED);
    await checkQuestions(test.app, colleague, draft.editionId);
    expect(await stateOf(draft)).toMatchObject({ isChecked: true, isOwn: true, checkedByName: '小川 恵子' });
    await finish(draft);
  });

  it('is not checked by its author, nor by a wrong answer, which are written down all the same', async () => {
    const draft = await draftOf();
    const { questionId } = await answer(draft, author, true);
    await answer(draft, colleague, false);
    expect(await stateOf(draft)).toMatchObject({ isChecked: false });
    const answers = await test.app.db
      .selectFrom('previewAnswer')
      .where('questionId', '=', questionId)
      .orderBy('id')
      .select(['officerId', 'isRight', 'editionVersion', 'revision', 'language'])
      .execute();
    const seen = { editionVersion: draft.version, revision: 2, language: 'ja' };
    expect(answers).toEqual([
      { officerId: author.officerId, isRight: true, ...seen },
      { officerId: colleague.officerId, isRight: false, ...seen },
    ]);
    expect(await getPreviewAnswer(test.app, colleague, { ...draft, questionId }, 'ja')).toMatchObject({
      isRight: false,
      isOwn: false,
      isChecked: false,
      hasMore: true,
    });
    await expect(finish(draft)).rejects.toMatchObject(UNCHECKED);
  });

  it('is checked anew when its words are changed, and not when it is saved as it was', async () => {
    const draft = await draftOf();
    await checkQuestions(test.app, colleague, draft.editionId);
    const composer = await makeComposer(test, colleague);
    const { id, words, choices } = (await composer.getChapterOf(draft)).questions[0]!;
    const text = words.ja!.text;
    const now = async () => ({ ...draft, ...(await seenNow(test.app, author, draft.editionId)) });

    await composer.ask(await now(), id, `${text}?`);
    expect(await stateOf(draft)).toMatchObject({ isChecked: false, isOwn: false });
    // Now it is the colleague's own.
    await answer(draft, colleague, true);
    expect(await stateOf(draft)).toMatchObject({ isChecked: false });
    await answer(draft, author, true);
    expect(await stateOf(draft)).toMatchObject({ isChecked: true });
    await composer.ask(await now(), id, `${text}?`);
    expect(await stateOf(draft)).toMatchObject({ isChecked: true });
    expect(choices).toHaveLength(2);
  });

  it('is answered as it was seen: who looked at other words hears of it', async () => {
    const draft = await draftOf();
    const seen = await answer(draft, colleague, false);
    const composer = await makeComposer(test, author);
    await composer.ask(draft, seen.questionId, '言い方を変えた問題');
    await expect(answerPreview(test.app, colleague, { ...draft, ...seen })).rejects.toMatchObject({
      code: 'edition_changed_meanwhile',
    });
    await expect(getPreviewAnswer(test.app, colleague, { ...draft, ...seen }, 'ja')).rejects.toMatchObject({
      code: 'question_not_answered',
    });
  });

  it('is not checked while its author is just changing it', async () => {
    const draft = await draftOf();
    const { questionId, choiceId, ...seen } = await answer(draft, colleague, false);
    const { choices } = (await (await makeComposer(test, author)).getChapterOf(draft)).questions[0]!;
    const right = choices.find(({ id }) => id !== choiceId)!.id;
    const composer = await makeComposer(test, author);
    const [answered] = await Promise.allSettled([
      answerPreview(test.app, colleague, { ...draft, ...seen, questionId, choiceId: right }),
      composer.ask(draft, questionId, '言い方を変えた問題'),
    ]);
    if (answered.status === 'rejected')
      expect(answered.reason).toMatchObject({ code: 'edition_changed_meanwhile' });
    expect(await stateOf(draft)).toMatchObject({ isChecked: false });
  });

  it('has only its own choices', async () => {
    const [draft, other] = [await draftOf(), await draftOf()];
    const { choiceId } = await answer(other, colleague, true);
    const seen = await answer(draft, colleague, false);
    await expect(answerPreview(test.app, colleague, { ...draft, ...seen, choiceId })).rejects.toMatchObject({
      code: 'choice_unknown',
    });
    await expect(
      answerPreview(test.app, colleague, { ...draft, ...seen, chapterId: other.chapterId }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  it('stays checked in a copy, and can be answered in what is published without changing it', async () => {
    const draft = await draftOf();
    await publishDraft(test.app, author, draft);
    await answer(draft, colleague, true);
    const copy = await createEdition(test.app, author, { lectureId: draft.lectureId, from: 'newest' });
    const { faults: left } = await getEdition(test.app, author, copy);
    expect(left).toEqual([]);
  });
});

describe('the keys of a preview', () => {
  it('are those of the whole chapter, and it is written down who was given them', async () => {
    const { editionId, chapters } = await publishLecture(test.app, [60_000]);
    const ids = { editionId, chapterId: chapters[0]!.id, language: 'ja' } as const;
    const { durationMs, grant } = await openPreview(test.app, colleague, ids);
    expect(durationMs).toBe(60_000);
    expect(grant.keys).toHaveLength(10);
    expect(new Set(grant.keys).size).toBe(10);
    const entries = await test.app.db
      .selectFrom('auditEvent')
      .where('what', '=', 'preview.opened')
      .select(['actorId', 'subjectId', 'detail'])
      .execute();
    expect(entries).toEqual([
      {
        actorId: colleague.officerId,
        subjectId: ids.chapterId,
        detail: { editionId, position: 1, language: 'ja' },
      },
    ]);
    for (const table of ['attendance', 'viewing', 'chapterAttendance', 'answer'] as const)
      expect(await test.app.db.selectFrom(table).selectAll().execute()).toEqual([]);
  });

  it('are refused for a chapter without a video that is ready, or of another edition', async () => {
    const [draft, other] = [await draftOf(), await draftOf()];
    await (await makeComposer(test, author)).save(draft, { videoId: null, captions: null });
    const open = (ids: Ids) => openPreview(test.app, author, { ...ids, language: 'ja' });
    await expect(open(draft)).rejects.toMatchObject({ code: 'video_not_ready' });
    await expect(open({ ...draft, chapterId: other.chapterId })).rejects.toMatchObject({ code: 'not_found' });
  });
});

it('another commission’s preview is nobody’s business', async () => {
  const draft = await draftOf();
  await checkDraft(test.app, author, draft.editionId);
  const refused = { code: 'not_allowed' };
  const ids = { editionId: draft.editionId, chapterId: draft.chapterId };
  const seen = await answer(draft, colleague, true);
  await expect(getPreview(test.app, stranger, draft.editionId, 'ja')).rejects.toMatchObject(refused);
  await expect(openPreview(test.app, stranger, { ...ids, language: 'ja' })).rejects.toMatchObject(refused);
  await expect(drawPreviewQuestion(test.app, stranger, ids, JA)).rejects.toMatchObject(refused);
  await expect(answerPreview(test.app, stranger, { ...ids, ...seen })).rejects.toMatchObject(refused);
  await expect(getPreviewAnswer(test.app, stranger, { ...ids, ...seen }, 'ja')).rejects.toMatchObject(
    refused,
  );
});
