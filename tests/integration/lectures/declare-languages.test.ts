import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { declareLanguages } from '#lib/server/lectures/declare-languages.ts';
import { getEdition } from '#lib/server/lectures/get-edition.ts';
import { saveQuestion } from '#lib/server/lectures/save-question.ts';
import { writableQuestion } from '../../../scripts/seed/compose-chapter.ts';
import { openComposersHouse, type makeComposer } from '../../support/composing.ts';
import { CAPTIONS_JA, makeVideo, QUESTION } from '../../support/drafts.ts';
import type { TestApp } from '../../support/test-app.ts';

const MINUTE_MS = 60_000;

let test: TestApp;
let administrator: Administrator;
let desk: Awaited<ReturnType<typeof makeComposer>>;
beforeAll(async () => {
  ({ test, administrator, desk } = await openComposersHouse());
});
afterAll(() => test.close());

describe('an edition in further languages', () => {
  it('lacks what is not written in them yet, and is whole when it is', async () => {
    const seen = await desk.draftWithChapter();
    let version = await declareLanguages(test.app, administrator, { ...seen, languages: ['ur', 'en'] });
    const lacking = await getEdition(test.app, administrator, seen.editionId);
    expect(lacking.languages).toEqual(['ja', 'en', 'ur']);
    expect(lacking.chapters[0]?.lacks).toEqual([
      { lacks: 'title', language: 'ur' },
      { lacks: 'captions', language: 'ur' },
      { lacks: 'questionWords', language: 'ur' },
    ]);
    const urdu = { language: 'ur', title: 'پیدل چلنے والے پہلے', videoId: null } as const;
    version = await desk.save({ ...seen, version }, urdu);
    const [{ id: questionId } = { id: '' }] = (await desk.getChapterOf(seen)).questions;
    const question = writableQuestion({
      words: { ...QUESTION.words, ur: { text: 'آپ کیا کریں گے؟', explanation: 'رکیں' } },
      choices: QUESTION.choices.map((choice) => ({ ...choice, texts: { ...choice.texts, ur: 'رکیں' } })),
    });
    await saveQuestion(test.app, administrator, { ...seen, version, questionId, question });
    const whole = await getEdition(test.app, administrator, seen.editionId);
    expect(whole.chapters[0]?.lacks).toEqual([]);
    const { title, videoId } = urdu;
    expect((await desk.getChapterOf(seen)).versions.ur).toMatchObject({ title, videoId });
  });

  it('count the minutes of their own videos', async () => {
    const seen = await desk.draftWithChapter();
    const own = await makeVideo(test.app, administrator, MINUTE_MS / 2);
    await desk.save(seen, { language: 'en', title: 'Own', videoId: own, captions: null });
    const { totals, chapters } = await getEdition(test.app, administrator, seen.editionId);
    expect(totals).toEqual([
      { language: 'ja', totalMs: MINUTE_MS },
      { language: 'en', totalMs: MINUTE_MS / 2 },
    ]);
    expect(chapters[0]?.lacks).toEqual([]);
  });

  it('say so when their captions run longer than a video that was changed since', async () => {
    const seen = await desk.draftWithChapter();
    const long = CAPTIONS_JA.replace('00:04.000', '00:50.000');
    const version = await desk.save(seen, { language: 'en', title: 'Long', videoId: null, captions: long });
    const shorter = await makeVideo(test.app, administrator, MINUTE_MS / 2);
    await desk.save({ ...seen, version }, { videoId: shorter });
    const { chapters } = await getEdition(test.app, administrator, seen.editionId);
    expect(chapters[0]?.lacks).toEqual([{ lacks: 'captionsTooLong', language: 'en' }]);
  });

  it('always have Japanese among them, and refuse what is not declared', async () => {
    const seen = await desk.draftWithChapter();
    const refused = { code: 'language_not_declared', detail: { language: 'ur' } };
    await expect(desk.save(seen, { language: 'ur' })).rejects.toMatchObject(refused);
    const question = { words: { ur: { text: '', explanation: '' } }, choices: [] };
    await expect(
      saveQuestion(test.app, administrator, { ...seen, questionId: null, question }),
    ).rejects.toMatchObject(refused);
    await declareLanguages(test.app, administrator, { ...seen, languages: [] });
    const { languages, chapters } = await getEdition(test.app, administrator, seen.editionId);
    expect(languages).toEqual(['ja']);
    expect(chapters[0]?.lacks).toEqual([]);
  });
});
