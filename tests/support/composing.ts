import { getChapter, getEdition } from '#lib/server/lectures/get-edition.ts';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { saveChapter } from '#lib/server/lectures/save-chapter.ts';
import { saveQuestion } from '#lib/server/lectures/save-question.ts';
import { seedCommissions } from '#lib/server/register/seed-commissions.ts';
import { composeChapter, writableQuestion } from '../../scripts/seed/compose-chapter.ts';
import { CAPTIONS_JA, chapterContent, makeAdministrator, makeDraft, makeVideo, QUESTION } from './drafts.ts';
import { makeTestApp, type TestApp } from './test-app.ts';

interface Draft {
  readonly editionId: string;
  readonly version: number;
}
interface Seen extends Draft {
  readonly chapterId: string;
}
type VersionChanges = Partial<Parameters<typeof saveChapter>[2]>;

const MINUTE_MS = 60_000;

/** An administrator at his desk, composing drafts; `videoId` is a video of a minute. */
export async function makeComposer({ app }: TestApp, administrator: Administrator) {
  const videoId = await makeVideo(app, administrator, MINUTE_MS);
  const getChapterOf = async ({ editionId, chapterId }: Omit<Seen, 'version'>) =>
    (await getChapter(app, administrator, editionId, chapterId)).chapter;
  return {
    administrator,
    videoId,
    getChapterOf,
    /** A further chapter, complete. */
    compose: (draft: Draft, changes: Parameters<typeof chapterContent>[1] = {}) =>
      composeChapter(app, administrator, draft, chapterContent(videoId, changes)),
    /** The Japanese of a chapter, with these changes. */
    save: (seen: Seen, changes: VersionChanges = {}) =>
      saveChapter(app, administrator, {
        ...seen,
        ...{ language: 'ja', title: '歩行者の優先', videoId, captions: CAPTIONS_JA, ...changes },
      }),
    /** Writes a question of this text, or a further one. */
    ask: (seen: Seen, questionId: string | null, text: string) => {
      const words = { ...QUESTION.words, ja: { text, explanation: '解説' } };
      const question = writableQuestion({ ...QUESTION, words });
      return saveQuestion(app, administrator, { ...seen, questionId, question });
    },
    titlesOf: async (editionId: string) => {
      const { chapters } = await getEdition(app, administrator, editionId);
      return chapters.map(({ position, versions }) => `${position} ${versions.ja?.title}`);
    },
    textsOf: async (seen: Omit<Seen, 'version'>) =>
      (await getChapterOf(seen)).questions.map(({ words }) => words.ja?.text),
    /** A draft with one complete chapter of a minute, as the administrator has it in view. */
    draftWithChapter: async () => {
      const { editionId, version, chapterIds } = await makeDraft(app, administrator, [MINUTE_MS]);
      return { editionId, version, chapterId: chapterIds[0]! };
    },
  };
}

/** A house with its commissions and one administrator who composes. */
export async function openComposersHouse() {
  const test = await makeTestApp();
  await seedCommissions(test.app);
  const administrator = await makeAdministrator(test.app);
  return { test, administrator, desk: await makeComposer(test, administrator) };
}
