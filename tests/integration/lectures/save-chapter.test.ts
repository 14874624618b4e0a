import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_CHAPTERS } from '#lib/domain/lectures/edition.ts';
import { LIMITS } from '#lib/domain/limits.ts';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { getChapter, getEdition } from '#lib/server/lectures/get-edition.ts';
import { moveChapter } from '#lib/server/lectures/move-chapter.ts';
import { removeChapter } from '#lib/server/lectures/remove-chapter.ts';
import { saveChapter, SaveChapter } from '#lib/server/lectures/save-chapter.ts';
import { seedCommissions } from '#lib/server/register/seed-commissions.ts';
import {
  CAPTIONS_JA,
  chapterInput,
  makeAdministrator,
  makeDraft,
  makeVideo,
  type ChapterInput,
} from '../../support/drafts.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

const MINUTE_MS = 60_000;
const SOMETHING_ELSE = 'a2b6f0a4-6a5c-4c0a-9d35-0d7e6c3c8f11';

let test: TestApp;
let administrator: Administrator;
let videoId: string;
beforeAll(async () => {
  test = await makeTestApp();
  await seedCommissions(test.app);
  administrator = await makeAdministrator(test.app);
  videoId = await makeVideo(test.app, administrator, MINUTE_MS);
});
afterAll(() => test.close());

const save = (input: Pick<ChapterInput, 'editionId' | 'version'> & Partial<ChapterInput>) =>
  saveChapter(test.app, administrator, { ...chapterInput(videoId), ...input });
const titlesOf = async (editionId: string) => {
  const { chapters } = await getEdition(test.app, administrator, editionId);
  return chapters.map(({ position, titleJa }) => `${position} ${titleJa}`);
};

describe('an administrator composes a draft', () => {
  it('of a chapter with everything', async () => {
    const { editionId, version } = await makeDraft(test.app, administrator, []);
    const saved = await save({ editionId, version });
    expect(saved.version).toBe(version + 1);
    const { chapter } = await getChapter(test.app, administrator, editionId, saved.chapterId);
    const { question, captionsJa, captionsEn, titleJa, titleEn } = chapterInput(videoId);
    expect(chapter).toMatchObject({
      position: 1,
      question,
      captionsJa,
      captionsEn,
      titleJa,
      titleEn,
      videoId,
    });
  });

  it('of a chapter that is only begun, and says what it lacks', async () => {
    const { editionId, version } = await makeDraft(test.app, administrator, []);
    const nothing = {
      titleJa: '',
      titleEn: '',
      videoId: null,
      captionsJa: null,
      captionsEn: null,
      question: null,
    };
    await save({ editionId, version, ...nothing });
    const { chapters, totalMs } = await getEdition(test.app, administrator, editionId);
    expect(chapters[0]?.lacks).toEqual(['title', 'video', 'captionsJa', 'captionsEn', 'question']);
    expect(totalMs).toBe(0);
  });

  it('and writes a chapter anew, with another question', async () => {
    const { editionId, version, chapterIds } = await makeDraft(test.app, administrator, [MINUTE_MS]);
    const chapterId = chapterIds[0]!;
    const question = { ...chapterInput(null).question!, textJa: '赤信号ではどうしますか。' };
    await save({ editionId, version, chapterId, titleJa: '信号', question });
    const { edition, chapter } = await getChapter(test.app, administrator, editionId, chapterId);
    expect(edition.chapters).toHaveLength(1);
    expect(chapter).toMatchObject({ titleJa: '信号', question: { textJa: '赤信号ではどうしますか。' } });
  });

  it('and puts the chapters in order', async () => {
    const { editionId, version } = await makeDraft(test.app, administrator, []);
    const [a, b, c] = [
      await save({ editionId, version, titleJa: 'あ' }),
      await save({ editionId, version: version + 1, titleJa: 'い' }),
      await save({ editionId, version: version + 2, titleJa: 'う' }),
    ];
    const move = (chapterId: string, direction: 'up' | 'down', seen: number) =>
      moveChapter(test.app, administrator, { editionId, version: seen, chapterId, direction });
    expect(await titlesOf(editionId)).toEqual(['1 あ', '2 い', '3 う']);
    let now = await move(c.chapterId, 'up', c.version);
    expect(await titlesOf(editionId)).toEqual(['1 あ', '2 う', '3 い']);
    now = await move(a.chapterId, 'down', now);
    expect(await titlesOf(editionId)).toEqual(['1 う', '2 あ', '3 い']);
    now = await move(b.chapterId, 'down', now);
    expect(await titlesOf(editionId)).toEqual(['1 う', '2 あ', '3 い']);
    now = await removeChapter(test.app, administrator, { editionId, version: now, chapterId: c.chapterId });
    expect(await titlesOf(editionId)).toEqual(['1 あ', '2 い']);
    await save({ editionId, version: now, titleJa: 'え' });
    expect(await titlesOf(editionId)).toEqual(['1 あ', '2 い', '3 え']);
  });
});

describe('a chapter is refused and nothing of it kept', () => {
  const late = CAPTIONS_JA.replace('00:04.000', '01:01.001');
  const tooLarge = `WEBVTT\n\n${'あ'.repeat(LIMITS.captionsMaxBytes / 3)}`;
  it.each([
    ['captions_invalid', { captionsJa: CAPTIONS_JA.replace('-->', '->') }, { language: 'ja', line: 3 }],
    ['captions_invalid', { captionsEn: 'not WebVTT' }, { language: 'en', line: 1, kind: 'header' }],
    ['captions_invalid', { captionsJa: 'WEBVTT\n\n\0' }, { language: 'ja', line: 3, kind: 'encoding' }],
    ['captions_invalid', { captionsEn: late }, { language: 'en', line: 3, kind: 'beyondEnd' }],
    ['captions_too_large', { captionsJa: tooLarge }, { language: 'ja' }],
    ['not_found', { videoId: SOMETHING_ELSE }, {}],
    ['not_found', { chapterId: SOMETHING_ELSE }, {}],
    ['not_found', { editionId: SOMETHING_ELSE }, {}],
  ] as const)('as %s', async (code, changes, detail) => {
    const { editionId, version } = await makeDraft(test.app, administrator, []);
    await expect(save({ editionId, version, ...changes })).rejects.toMatchObject({
      name: 'Refusal',
      code,
      detail,
    });
    expect(await titlesOf(editionId)).toEqual([]);
  });

  it.each(['waiting', 'transcoding', 'refused', 'failed'])(
    'as video_not_ready with one that is %s',
    async (state) => {
      const { editionId, version } = await makeDraft(test.app, administrator, []);
      const notReady = await makeVideo(test.app, administrator, MINUTE_MS, state);
      await expect(save({ editionId, version, videoId: notReady })).rejects.toMatchObject({
        code: 'video_not_ready',
      });
    },
  );

  it("as not_found with another commission's video", async () => {
    const { editionId, version } = await makeDraft(test.app, administrator, []);
    const foreign = await makeVideo(test.app, await makeAdministrator(test.app, 'tokyo'), MINUTE_MS);
    await expect(save({ editionId, version, videoId: foreign })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('as malformed when it is one too many', async () => {
    const { editionId, version } = await makeDraft(
      test.app,
      administrator,
      Array(MAX_CHAPTERS).fill(MINUTE_MS),
    );
    await expect(save({ editionId, version })).rejects.toMatchObject({ code: 'malformed' });
  });

  it('by its form when two choices are right, when there are too many, and with text that cannot be kept', () => {
    const question = chapterInput(null).question!;
    const [right] = question.choices;
    const isTaken = (changes: object) => {
      const form = { editionId: SOMETHING_ELSE, version: '1', ...chapterInput(null), ...changes };
      return SaveChapter.safeParse(form).success;
    };
    expect(isTaken({})).toBe(true);
    expect(isTaken({ question: { ...question, choices: [right, right] } })).toBe(false);
    expect(isTaken({ question: { ...question, choices: Array(5).fill({ ...right, isRight: false }) } })).toBe(
      false,
    );
    expect(isTaken({ titleJa: '\0' })).toBe(false);
    expect(isTaken({ titleJa: 'あ'.repeat(LIMITS.lectureTitleMaxLength + 1) })).toBe(false);
    expect(isTaken({ version: 'x' })).toBe(false);
  });
});

describe('two administrators at once', () => {
  it('do not write over each other: the second hears of it and nothing is lost', async () => {
    const { editionId, version, chapterIds } = await makeDraft(test.app, administrator, [MINUTE_MS]);
    const chapterId = chapterIds[0]!;
    const results = await Promise.allSettled([
      save({ editionId, version, chapterId, titleJa: '一人目' }),
      save({ editionId, version, chapterId, titleJa: '二人目' }),
    ]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'edition_changed_meanwhile' },
    });
  });

  it('nor remove or move what the other has changed', async () => {
    const { editionId, version, chapterIds } = await makeDraft(test.app, administrator, [MINUTE_MS]);
    const seen = { editionId, version: version - 1, chapterId: chapterIds[0]! };
    const refused = { code: 'edition_changed_meanwhile' };
    await expect(removeChapter(test.app, administrator, seen)).rejects.toMatchObject(refused);
    await expect(moveChapter(test.app, administrator, { ...seen, direction: 'up' })).rejects.toMatchObject(
      refused,
    );
  });

  it('and a chapter that is gone cannot be removed or moved', async () => {
    const { editionId, version } = await makeDraft(test.app, administrator, [MINUTE_MS]);
    const gone = { editionId, version, chapterId: SOMETHING_ELSE };
    await expect(removeChapter(test.app, administrator, gone)).rejects.toMatchObject({ code: 'not_found' });
    await expect(moveChapter(test.app, administrator, { ...gone, direction: 'up' })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(getChapter(test.app, administrator, editionId, SOMETHING_ELSE)).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
