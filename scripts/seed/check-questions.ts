import type { Administrator } from '#lib/domain/people/actor.ts';
import type { App } from '#lib/server/app.ts';
import { getEdition } from '#lib/server/lectures/get-edition.ts';
import { answerPreview } from '#lib/server/lectures/preview-question.ts';

/** Answers every question of an edition right in the preview, as an administrator does who has not written it. */
export async function checkQuestions(app: App, colleague: Administrator, editionId: string): Promise<void> {
  const { chapters } = await getEdition(app, colleague, editionId);
  for (const { id: chapterId, questions } of chapters) {
    for (const { id: questionId, revision, choices } of questions) {
      const choiceId = choices.find(({ isRight }) => isRight)?.id;
      if (choiceId === undefined) continue; // nobody can answer it right
      const ids = { editionId, chapterId, questionId, choiceId };
      await answerPreview(app, colleague, { ...ids, revision, language: 'ja' });
    }
  }
}
