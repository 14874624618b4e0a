import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { createEdition } from '#lib/server/lectures/create-edition.ts';
import { createLecture } from '#lib/server/lectures/create-lecture.ts';
import { getChapter, getEdition } from '#lib/server/lectures/get-edition.ts';
import { listLectures } from '#lib/server/lectures/list-lectures.ts';
import { seedCommissions } from '#lib/server/register/seed-commissions.ts';
import type { SampleLecture } from '../../../scripts/sample-lecture/make-sample-lecture.ts';
import { composeChapter } from '../../../scripts/seed/compose-chapter.ts';
import { seedLecture } from '../../../scripts/seed/seed-lecture.ts';
import {
  CAPTIONS_EN,
  CAPTIONS_JA,
  chapterContent,
  makeAdministrator,
  makeVideo,
  QUESTION,
} from '../../support/drafts.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

const CHAPTER_MS = 31_000;
const [titleJa, titleEn] = ['歩行者の優先', 'Pedestrians first'];
const sampleOf = (lectureClass: SampleLecture['lectureClass']): SampleLecture => ({
  lectureClass,
  titleJa: '見本の講習',
  titleEn: 'Sample lecture',
  chapters: Array.from({ length: 3 }, (_, index) => ({
    ...{ file: `chapter-${index}.mp4`, durationMs: CHAPTER_MS },
    ...{ titleJa: `${titleJa} ${index + 1}`, titleEn, captionsJa: CAPTIONS_JA, captionsEn: CAPTIONS_EN },
    question: QUESTION,
  })),
});

let test: TestApp;
let administrator: Administrator;
let colleague: Administrator;
let videoIds: string[];
beforeAll(async () => {
  test = await makeTestApp({ env: { LEGAL_MINUTES_SCALE: '0.05' } });
  await seedCommissions(test.app);
  administrator = await makeAdministrator(test.app);
  colleague = await makeAdministrator(test.app, 'kanagawa', '小川 恵子');
  videoIds = await Promise.all([1, 2, 3].map(() => makeVideo(test.app, administrator, CHAPTER_MS)));
});
afterAll(() => test.close());

const seed = (lectureClass: SampleLecture['lectureClass'], videos = videoIds) =>
  seedLecture(test.app, { administrator, colleague }, sampleOf(lectureClass), videos);

describe('the sample lecture', () => {
  it('is published with all its chapters, by the operations of an administrator', async () => {
    const edition = await getEdition(test.app, administrator, await seed('excellent'));
    expect(edition).toMatchObject({ state: 'published', number: 1, totalMs: 3 * CHAPTER_MS, faults: [] });
    expect(edition.chapters.map(({ versions }) => versions.ja?.title)).toEqual(
      [1, 2, 3].map((n) => `${titleJa} ${n}`),
    );
    const { chapter } = await getChapter(test.app, administrator, edition.id, edition.chapters[2]!.id);
    expect(chapter).toMatchObject({
      questions: [QUESTION],
      versions: { ja: { videoId: videoIds[2] }, en: { captions: CAPTIONS_EN, videoId: null } },
    });
  });

  it('is left alone on the second start', async () => {
    const before = await listLectures(test.app, administrator);
    expect(await seed('excellent', [])).toBe(before[0]?.editions[0]?.id);
    expect(await listLectures(test.app, administrator)).toEqual(before);
  });

  it('is written anew when the first start stopped half-way', async () => {
    const titles = { titleJa: '見本の講習', titleEn: 'Sample lecture' };
    const lectureId = await createLecture(test.app, administrator, { lectureClass: 'general', ...titles });
    const editionId = await createEdition(test.app, administrator, { lectureId, from: 'nothing' });
    const begun = chapterContent(videoIds[0]!);
    await composeChapter(test.app, administrator, { editionId, version: 1 }, begun);

    await expect(seed('general')).rejects.toMatchObject({ code: 'edition_too_short' });
    const long = await Promise.all([1, 2, 3].map(() => makeVideo(test.app, administrator, 61_000)));
    expect(await seed('general', long)).toBe(editionId);
    const { state, chapters } = await getEdition(test.app, administrator, editionId);
    expect(state).toBe('published');
    expect(chapters).toHaveLength(3);
  });
});
