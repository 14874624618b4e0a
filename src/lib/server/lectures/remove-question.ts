import { z } from 'zod';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { countChange } from './edition.queries.ts';
import { lockChapter, SeenChapter } from './lock-chapter.ts';
import { deleteQuestion, reorderQuestions } from './question.queries.ts';

export const RemoveQuestion = SeenChapter.extend({ questionId: z.uuid() });

/**
 * Takes a question out of a chapter's bank; the ones behind move up. Answers the draft's new version. Refused as `lockChapter` says; `not_found`.
 */
export async function removeQuestion(
  app: App,
  administrator: Administrator,
  input: z.output<typeof RemoveQuestion>,
): Promise<number> {
  const { editionId, chapterId, questionId } = input;
  return app.db.transaction().execute(async (trx) => {
    const { chapter } = await lockChapter(trx, administrator, input);
    const ids = chapter.questions.map(({ id }) => id);
    if (!ids.includes(questionId)) throw new Refusal('not_found');
    await deleteQuestion(trx, questionId);
    await reorderQuestions(
      trx,
      chapterId,
      ids.filter((id) => id !== questionId),
    );
    await appendAudit(trx, administrator, {
      what: 'question.removed',
      subject: { kind: 'chapter', id: chapterId },
      detail: { editionId, questionId, chapter: chapter.position },
    });
    return countChange(trx, editionId);
  });
}
