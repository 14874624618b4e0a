import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Administrator } from '#lib/domain/people/actor.ts';
import type { ChapterLack } from '#lib/domain/lectures/edition.ts';
import { addChapter } from '#lib/server/lectures/add-chapter.ts';
import { createEdition } from '#lib/server/lectures/create-edition.ts';
import { declareLanguages } from '#lib/server/lectures/declare-languages.ts';
import { getEdition } from '#lib/server/lectures/get-edition.ts';
import { listLectures } from '#lib/server/lectures/list-lectures.ts';
import { moveChapter } from '#lib/server/lectures/move-chapter.ts';
import { moveQuestion } from '#lib/server/lectures/move-question.ts';
import { removeChapter } from '#lib/server/lectures/remove-chapter.ts';
import { removeQuestion } from '#lib/server/lectures/remove-question.ts';
import { saveChapter } from '#lib/server/lectures/save-chapter.ts';
import { saveQuestion } from '#lib/server/lectures/save-question.ts';
import { seedCommissions } from '#lib/server/register/seed-commissions.ts';
import { composeChapter, type ChapterContent } from '../../../scripts/seed/compose-chapter.ts';
import {
  chapterContent,
  makeAdministrator,
  makeDraft,
  makeVideo,
  publishDraft,
  QUESTION,
} from '../../support/drafts.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

const MINUTE_MS = 60_000;
const LEGAL = [15 * MINUTE_MS, 15 * MINUTE_MS];

let test: TestApp;
let administrator: Administrator;
let colleague: Administrator;
beforeAll(async () => {
  test = await makeTestApp({ now: '2026-11-22T03:00:00Z' });
  await seedCommissions(test.app);
  administrator = await makeAdministrator(test.app);
  colleague = await makeAdministrator(test.app, 'kanagawa', '見本 次郎');
});
afterAll(() => test.close());

const draftOf = (durationsMs: readonly number[] = LEGAL) => makeDraft(test.app, administrator, durationsMs);
const publish = (draft: { editionId: string; version: number }, actor = administrator) =>
  publishDraft(test.app, actor, draft);
const stateOf = async (editionId: string) => (await getEdition(test.app, administrator, editionId)).state;

describe('publishing an edition', () => {
  it('opens it to learners, with who did it', async () => {
    const draft = await draftOf();
    await publish(draft);
    const edition = await getEdition(test.app, administrator, draft.editionId);
    expect(edition).toMatchObject({
      state: 'published',
      publishedAt: test.clock.now(),
      totalMs: 30 * MINUTE_MS,
      faults: [],
    });
    const audit = await test.app.db
      .selectFrom('auditEvent')
      .where('subjectId', '=', draft.editionId)
      .select(['what', 'actorId', 'detail'])
      .execute();
    expect(audit).toMatchObject([
      { what: 'edition.created', actorId: administrator.officerId },
      { what: 'edition.finished', actorId: administrator.officerId },
      { what: 'edition.published', detail: { number: 1, totalMs: 30 * MINUTE_MS, withdrawnId: null } },
    ]);
  });

  it('withdraws the one before: whoever began it finishes on it', async () => {
    const first = await draftOf();
    await publish(first);
    test.clock.advance(86_400_000);
    const { lectureId } = first;
    const editionId = await createEdition(test.app, administrator, { lectureId, from: 'newest' });
    const copy = await getEdition(test.app, administrator, editionId);
    await publish({ editionId, version: copy.version });
    expect(await getEdition(test.app, administrator, first.editionId)).toMatchObject({
      state: 'withdrawn',
      withdrawnAt: test.clock.now(),
      chapters: [{ lacks: [] }, { lacks: [] }],
    });
    expect(await stateOf(editionId)).toBe('published');
    const lecture = (await listLectures(test.app, administrator)).find(({ id }) => id === lectureId);
    expect(lecture?.editions).toMatchObject([
      { number: 2, state: 'published', chapterCount: 2, totalMs: 30 * MINUTE_MS },
      { number: 1, state: 'withdrawn', chapterCount: 2, totalMs: 30 * MINUTE_MS },
    ]);
  });

  it('asks a demo for a twentieth of the minutes', async () => {
    const demo = await makeTestApp({ env: { LEGAL_MINUTES_SCALE: '0.05' } });
    await seedCommissions(demo.app);
    const actor = await makeAdministrator(demo.app);
    const { version, editionId } = await makeDraft(demo.app, actor, [30_000, 30_000, 29_999]);
    const refused = { code: 'edition_too_short', detail: { actual: 89, required: 90 } };
    await expect(publishDraft(demo.app, actor, { editionId, version })).rejects.toMatchObject(refused);
    const saved = await makeDraft(demo.app, actor, [30_000, 30_000, 30_000]);
    await publishDraft(demo.app, actor, saved);
    await demo.close();
  });
});

describe('publishing is refused', () => {
  const nothingRight = {
    ...QUESTION,
    choices: QUESTION.choices.map((choice) => ({ ...choice, isRight: false })),
  };
  const { ja, en } = chapterContent(null).versions;

  it('as edition_empty without chapters', async () => {
    await expect(publish(await draftOf([]))).rejects.toMatchObject({ code: 'edition_empty' });
  });

  it('as edition_too_short when a second of the legal minutes is missing', async () => {
    const draft = await draftOf([15 * MINUTE_MS, 15 * MINUTE_MS - 1_000]);
    const refused = { code: 'edition_too_short', detail: { actual: 1_799, required: 1_800 } };
    await expect(publish(draft)).rejects.toMatchObject(refused);
    expect(await stateOf(draft.editionId)).toBe('draft');
  });

  it.each<[ChapterLack, (videoId: string) => Partial<ChapterContent>]>([
    [{ lacks: 'video', language: 'ja' }, () => ({ versions: { ja: ja!, en: en! } })],
    [
      { lacks: 'captions', language: 'ja' },
      (videoId) => ({ versions: { ja: { ...ja!, videoId, captions: null }, en: en! } }),
    ],
    [
      { lacks: 'captions', language: 'en' },
      (videoId) => ({ versions: { ja: { ...ja!, videoId }, en: { ...en!, captions: null } } }),
    ],
    [{ lacks: 'question' }, () => ({ questions: [] })],
    [{ lacks: 'rightChoice' }, () => ({ questions: [nothingRight] })],
  ])('as edition_chapter_incomplete when a chapter lacks: %o', async (lack, changes) => {
    const draft = await draftOf();
    const videoId = await makeVideo(test.app, administrator, MINUTE_MS);
    const content = chapterContent(videoId, changes(videoId));
    const { version } = await composeChapter(test.app, administrator, draft, content);
    const { editionId } = draft;
    await expect(publish({ editionId, version })).rejects.toMatchObject({
      code: 'edition_chapter_incomplete',
      detail: { position: 3, ...lack },
    });
    expect(await stateOf(editionId)).toBe('draft');
  });

  it('as not_found when there is no such edition', async () => {
    const nothing = { editionId: 'a2b6f0a4-6a5c-4c0a-9d35-0d7e6c3c8f11', version: 1 };
    await expect(publish(nothing)).rejects.toMatchObject({ code: 'not_found' });
    await expect(getEdition(test.app, administrator, 'no id')).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('two administrators at once', () => {
  it('publish once: the second is told', async () => {
    const draft = await draftOf();
    const results = await Promise.allSettled([publish(draft), publish(draft, colleague)]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'edition_changed_meanwhile' },
    });
  });

  it('publish nothing that the other has changed unseen', async () => {
    const draft = await draftOf();
    await addChapter(test.app, colleague, draft);
    await expect(publish(draft)).rejects.toMatchObject({ code: 'edition_changed_meanwhile' });
    expect(await stateOf(draft.editionId)).toBe('draft');
  });

  it('begin the next edition together, and it is one', async () => {
    const { lectureId, ...draft } = await draftOf();
    await publish(draft);
    const begin = (actor: Administrator) => createEdition(test.app, actor, { lectureId, from: 'newest' });
    const [mine, theirs] = await Promise.all([begin(administrator), begin(colleague)]);
    expect(mine).toBe(theirs);
    expect((await getEdition(test.app, administrator, mine)).chapters).toHaveLength(2);
  });
});

/** What a copy has in common with what it was copied from. */
const withoutIds = (chapters: Awaited<ReturnType<typeof getEdition>>['chapters']) =>
  chapters.map(({ id: _, questions, ...chapter }) => ({
    ...chapter,
    questions: questions.map(({ words, choices }) => ({
      words,
      choices: choices.map(({ texts, isRight }) => ({ texts, isRight })),
    })),
  }));

describe('what is published', () => {
  it('can be changed by nobody', async () => {
    const draft = await draftOf();
    await publish(draft);
    const { version } = await getEdition(test.app, administrator, draft.editionId);
    const before = await getEdition(test.app, administrator, draft.editionId);
    const seen = { editionId: draft.editionId, version, chapterId: draft.chapterIds[0]! };
    const refused = { code: 'edition_not_draft' };
    const { questions } = before.chapters[0]!;
    const question = { ...seen, questionId: questions[0]!.id };
    const japanese = { ...seen, language: 'ja', title: '別の題名', videoId: null, captions: null } as const;
    const languages = ['ja', 'ur'] as const;
    for (const change of [
      () => saveChapter(test.app, administrator, japanese),
      () => addChapter(test.app, administrator, seen),
      () => saveQuestion(test.app, administrator, { ...question, question: { words: {}, choices: [] } }),
      () => moveQuestion(test.app, administrator, { ...question, direction: 'up' }),
      () => removeQuestion(test.app, administrator, question),
      () => declareLanguages(test.app, administrator, { ...seen, languages: [...languages] }),
    ]) {
      await expect(change()).rejects.toMatchObject(refused);
    }
    await expect(removeChapter(test.app, administrator, seen)).rejects.toMatchObject(refused);
    await expect(moveChapter(test.app, administrator, { ...seen, direction: 'down' })).rejects.toMatchObject(
      refused,
    );
    await expect(publish(seen)).rejects.toMatchObject({ code: 'edition_move_impossible' });
    expect(await getEdition(test.app, administrator, draft.editionId)).toEqual(before);
  });

  it('does not change with the draft that was copied from it', async () => {
    const { lectureId, ...first } = await draftOf();
    await publish(first);
    const before = await getEdition(test.app, administrator, first.editionId);
    const editionId = await createEdition(test.app, administrator, { lectureId, from: 'newest' });
    const copy = await getEdition(test.app, administrator, editionId);
    expect(withoutIds(copy.chapters)).toEqual(withoutIds(before.chapters));
    await removeChapter(test.app, administrator, {
      editionId,
      version: copy.version,
      chapterId: copy.chapters[0]!.id,
    });
    expect(await getEdition(test.app, administrator, first.editionId)).toEqual(before);
  });
});
