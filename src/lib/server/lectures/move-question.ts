import { z } from 'zod';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { countChange } from './edition.queries.ts';
import { lockChapter, SeenChapter } from './lock-chapter.ts';
import { reorderQuestions } from './question.queries.ts';

export const MoveQuestion = SeenChapter.extend({ questionId: z.uuid(), direction: z.enum(['up', 'down']) });

/**
 * Exchanges a question of a chapter's bank with its neighbour; at the end of the row nothing moves. Answers the draft's new version. Refused as
 * `lockChapter` says; `not_found`.
 */
export async function moveQuestion(
  app: App,
  administrator: Administrator,
  input: z.output<typeof MoveQuestion>,
): Promise<number> {
  const { editionId, chapterId, questionId, direction } = input;
  return app.db.transaction().execute(async (trx) => {
    const { chapter } = await lockChapter(trx, administrator, input);
    const ids = chapter.questions.map(({ id }) => id);
    const from = ids.indexOf(questionId);
    if (from === -1) throw new Refusal('not_found');
    const to = Math.min(ids.length - 1, Math.max(0, from + (direction === 'up' ? -1 : 1)));
    await reorderQuestions(trx, chapterId, ids.toSpliced(from, 1).toSpliced(to, 0, questionId));
    await appendAudit(trx, administrator, {
      what: 'question.moved',
      subject: { kind: 'chapter', id: chapterId },
      detail: { editionId, questionId, chapter: chapter.position, position: to + 1 },
    });
    return countChange(trx, editionId);
  });
}
