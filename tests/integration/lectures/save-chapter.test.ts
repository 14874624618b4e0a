import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_CHAPTERS } from '#lib/domain/lectures/edition.ts';
import { LIMITS } from '#lib/domain/limits.ts';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { addChapter } from '#lib/server/lectures/add-chapter.ts';
import { declareLanguages } from '#lib/server/lectures/declare-languages.ts';
import { getChapter, getEdition } from '#lib/server/lectures/get-edition.ts';
import { moveChapter } from '#lib/server/lectures/move-chapter.ts';
import { moveQuestion } from '#lib/server/lectures/move-question.ts';
import { removeChapter } from '#lib/server/lectures/remove-chapter.ts';
import { removeQuestion } from '#lib/server/lectures/remove-question.ts';
import { SaveChapter } from '#lib/server/lectures/save-chapter.ts';
import { openComposersHouse, type makeComposer } from '../../support/composing.ts';
import {
  CAPTIONS_JA,
  chapterContent,
  makeAdministrator,
  makeDraft,
  makeVideo,
} from '../../support/drafts.ts';
import type { TestApp } from '../../support/test-app.ts';

const MINUTE_MS = 60_000;
const SOMETHING_ELSE = 'a2b6f0a4-6a5c-4c0a-9d35-0d7e6c3c8f11';

let test: TestApp;
let administrator: Administrator;
let desk: Awaited<ReturnType<typeof makeComposer>>;
beforeAll(async () => {
  ({ test, administrator, desk } = await openComposersHouse());
});
afterAll(() => test.close());

describe('an administrator composes a draft', () => {
  it('of a chapter with everything, in two languages', async () => {
    const { editionId, version } = await makeDraft(test.app, administrator, []);
    const saved = await desk.compose({ editionId, version });
    expect(saved.version).toBe(version + 4);
    const chapter = await desk.getChapterOf({ editionId, ...saved });
    expect(chapter).toMatchObject({ position: 1, ...chapterContent(desk.videoId) });
  });

  it('of a chapter that is only begun, and says what it lacks', async () => {
    const draft = await makeDraft(test.app, administrator, []);
    await addChapter(test.app, administrator, draft);
    const { chapters, totalMs } = await getEdition(test.app, administrator, draft.editionId);
    expect(chapters[0]?.lacks.map((lack) => Object.values(lack).join(' '))).toEqual([
      ...['title ja', 'video ja', 'captions ja', 'title en', 'captions en', 'question'],
    ]);
    expect(totalMs).toBe(0);
  });

  it('and writes one language of a chapter anew, without touching the others', async () => {
    const seen = await desk.draftWithChapter();
    const before = await desk.getChapterOf(seen);
    await desk.save(seen, { title: '信号' });
    const after = await desk.getChapterOf(seen);
    expect(after.versions).toEqual({ ...before.versions, ja: { ...after.versions.ja, title: '信号' } });
    expect(after.questions).toEqual(before.questions);
  });

  it('and puts the chapters in order', async () => {
    const { editionId, version } = await makeDraft(test.app, administrator, []);
    const a = await desk.compose({ editionId, version }, { title: 'あ' });
    const b = await desk.compose({ editionId, version: a.version }, { title: 'い' });
    const c = await desk.compose({ editionId, version: b.version }, { title: 'う' });
    const move = (chapterId: string, direction: 'up' | 'down', seen: number) =>
      moveChapter(test.app, administrator, { editionId, version: seen, chapterId, direction });
    expect(await desk.titlesOf(editionId)).toEqual(['1 あ', '2 い', '3 う']);
    let now = await move(c.chapterId, 'up', c.version);
    expect(await desk.titlesOf(editionId)).toEqual(['1 あ', '2 う', '3 い']);
    now = await move(a.chapterId, 'down', now);
    expect(await desk.titlesOf(editionId)).toEqual(['1 う', '2 あ', '3 い']);
    now = await move(b.chapterId, 'down', now);
    expect(await desk.titlesOf(editionId)).toEqual(['1 う', '2 あ', '3 い']);
    now = await removeChapter(test.app, administrator, { editionId, version: now, chapterId: c.chapterId });
    expect(await desk.titlesOf(editionId)).toEqual(['1 あ', '2 い']);
    await desk.compose({ editionId, version: now }, { title: 'え' });
    expect(await desk.titlesOf(editionId)).toEqual(['1 あ', '2 い', '3 え']);
  });
});

describe('a chapter is refused and nothing of it kept', () => {
  const late = CAPTIONS_JA.replace('00:04.000', '01:01.001');
  const tooLarge = `WEBVTT\n\n${'あ'.repeat(LIMITS.captionsMaxBytes / 3)}`;
  const english = { language: 'en', videoId: null } as const;
  it.each([
    ['captions_invalid', { captions: CAPTIONS_JA.replace('-->', '->') }, { language: 'ja', line: 3 }],
    ['captions_invalid', { ...english, captions: 'not WebVTT' }, { language: 'en', line: 1, kind: 'header' }],
    ['captions_invalid', { captions: 'WEBVTT\n\n\0' }, { language: 'ja', line: 3, kind: 'encoding' }],
    ['captions_invalid', { ...english, captions: late }, { language: 'en', line: 3, kind: 'beyondEnd' }],
    ['captions_too_large', { captions: tooLarge }, { language: 'ja' }],
    ['not_found', { videoId: SOMETHING_ELSE }, {}],
    ['not_found', { chapterId: SOMETHING_ELSE }, {}],
    ['not_found', { editionId: SOMETHING_ELSE }, {}],
  ] as const)('as %s', async (code, changes, detail) => {
    const seen = await desk.draftWithChapter();
    const before = await desk.getChapterOf(seen);
    await expect(desk.save(seen, { title: '別の題名', ...changes })).rejects.toMatchObject({
      name: 'Refusal',
      code,
      detail,
    });
    expect(await desk.getChapterOf(seen)).toEqual(before);
  });

  it.each(['waiting', 'transcoding', 'refused', 'failed'])(
    'as video_not_ready with one that is %s',
    async (state) => {
      const seen = await desk.draftWithChapter();
      const notReady = await makeVideo(test.app, administrator, MINUTE_MS, state);
      await expect(desk.save(seen, { videoId: notReady })).rejects.toMatchObject({ code: 'video_not_ready' });
    },
  );

  it("as not_found with another commission's video", async () => {
    const seen = await desk.draftWithChapter();
    const foreign = await makeVideo(test.app, await makeAdministrator(test.app, 'tokyo'), MINUTE_MS);
    await expect(desk.save(seen, { videoId: foreign })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('as malformed when it is one too many', async () => {
    const { editionId, ...draft } = await makeDraft(test.app, administrator, []);
    let { version } = draft;
    for (let position = 1; position <= MAX_CHAPTERS; position += 1)
      ({ version } = await addChapter(test.app, administrator, { editionId, version }));
    await expect(addChapter(test.app, administrator, { editionId, version })).rejects.toMatchObject({
      code: 'malformed',
    });
  });

  it('by its form with text that cannot be kept', () => {
    const seen = { editionId: SOMETHING_ELSE, version: '1', chapterId: SOMETHING_ELSE };
    const isTaken = (changes: object) =>
      SaveChapter.safeParse({ ...seen, language: 'ja', title: '', videoId: null, captions: null, ...changes })
        .success;
    expect(isTaken({})).toBe(true);
    expect(isTaken({ language: 'xx' })).toBe(false);
    expect(isTaken({ title: '\0' })).toBe(false);
    expect(isTaken({ title: 'あ'.repeat(LIMITS.lectureTitleMaxLength + 1) })).toBe(false);
    expect(isTaken({ version: 'x' })).toBe(false);
  });
});

describe('two administrators at once', () => {
  it('do not write over each other, in whichever language or question: the second hears of it', async () => {
    const refused = { reason: { code: 'edition_changed_meanwhile' } };
    for (const other of ['chapter', 'language', 'question', 'languages'] as const) {
      const seen = await desk.draftWithChapter();
      const english = { language: 'en', title: 'Second', videoId: null } as const;
      const seconds = {
        chapter: () => desk.save(seen, { title: '二人目' }),
        language: () => desk.save(seen, english),
        question: () => desk.ask(seen, null, '二人目'),
        languages: () => declareLanguages(test.app, administrator, { ...seen, languages: [] }),
      };
      const results = await Promise.allSettled([desk.save(seen, { title: '一人目' }), seconds[other]()]);
      expect(
        results.filter(({ status }) => status === 'fulfilled'),
        other,
      ).toHaveLength(1);
      expect(
        results.find(({ status }) => status === 'rejected'),
        other,
      ).toMatchObject(refused);
    }
  });

  it('nor remove or move what the other has changed', async () => {
    const draft = await desk.draftWithChapter();
    const seen = { ...draft, version: draft.version - 1 };
    const question = { ...seen, questionId: (await desk.getChapterOf(seen)).questions[0]!.id };
    const refused = { code: 'edition_changed_meanwhile' };
    await expect(removeChapter(test.app, administrator, seen)).rejects.toMatchObject(refused);
    await expect(moveChapter(test.app, administrator, { ...seen, direction: 'up' })).rejects.toMatchObject(
      refused,
    );
    await expect(removeQuestion(test.app, administrator, question)).rejects.toMatchObject(refused);
    await expect(
      moveQuestion(test.app, administrator, { ...question, direction: 'up' }),
    ).rejects.toMatchObject(refused);
  });

  it('and a chapter that is gone cannot be removed, moved or written', async () => {
    const { editionId, version } = await makeDraft(test.app, administrator, [MINUTE_MS]);
    const gone = { editionId, version, chapterId: SOMETHING_ELSE };
    const refused = { code: 'not_found' };
    await expect(removeChapter(test.app, administrator, gone)).rejects.toMatchObject(refused);
    await expect(moveChapter(test.app, administrator, { ...gone, direction: 'up' })).rejects.toMatchObject(
      refused,
    );
    await expect(desk.ask(gone, null, 'x')).rejects.toMatchObject(refused);
    await expect(getChapter(test.app, administrator, editionId, SOMETHING_ELSE)).rejects.toMatchObject(
      refused,
    );
  });
});
