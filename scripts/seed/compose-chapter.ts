import type { DraftQuestion } from '#lib/domain/lectures/edition.ts';
import { LANGUAGE_CODES, type InLanguages } from '#lib/domain/lectures/languages.ts';
import type { Administrator } from '#lib/domain/people/actor.ts';
import type { App } from '#lib/server/app.ts';
import { addChapter } from '#lib/server/lectures/add-chapter.ts';
import { saveChapter } from '#lib/server/lectures/save-chapter.ts';
import { saveQuestion } from '#lib/server/lectures/save-question.ts';

/** All that a chapter can hold. */
export interface ChapterContent {
  readonly versions: InLanguages<{
    readonly title: string;
    readonly videoId: string | null;
    readonly captions: string | null;
  }>;
  readonly questions: readonly DraftQuestion[];
}

/** The same for the form's schema, which knows no read-only lists. */
export const writableQuestion = ({ words, choices }: DraftQuestion) => ({ words, choices: [...choices] });

/** Adds a chapter to a draft and writes all of it, by an administrator's own operations. Answers its id and the draft's new version. */
export async function composeChapter(
  app: App,
  administrator: Administrator,
  draft: { readonly editionId: string; readonly version: number },
  content: ChapterContent,
): Promise<{ chapterId: string; version: number }> {
  const { editionId } = draft;
  const { chapterId, ...added } = await addChapter(app, administrator, draft);
  let { version } = added;
  for (const language of LANGUAGE_CODES) {
    const own = content.versions[language];
    if (!own) continue;
    version = await saveChapter(app, administrator, { editionId, version, chapterId, language, ...own });
  }
  for (const question of content.questions) {
    const seen = { editionId, version, chapterId, questionId: null };
    ({ version } = await saveQuestion(app, administrator, { ...seen, question: writableQuestion(question) }));
  }
  return { chapterId, version };
}
