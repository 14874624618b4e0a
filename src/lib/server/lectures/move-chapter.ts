import { z } from 'zod';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { listChapters, reorderChapters } from './chapter.queries.ts';
import { countChange } from './edition.queries.ts';
import { lockDraft, SeenDraft } from './lock-draft.ts';

export const MoveChapter = SeenDraft.extend({ chapterId: z.uuid(), direction: z.enum(['up', 'down']) });

/**
 * Exchanges a chapter of a draft with its neighbour; at the end of the row nothing moves. Answers the draft's new version.
 * Refused as `lockDraft` says; `not_found`.
 */
export async function moveChapter(
  app: App,
  administrator: Administrator,
  input: z.output<typeof MoveChapter>,
): Promise<number> {
  const { editionId, chapterId, direction } = input;
  return app.db.transaction().execute(async (trx) => {
    await lockDraft(trx, administrator, input);
    const ids = (await listChapters(trx, editionId)).map(({ id }) => id);
    const from = ids.indexOf(chapterId);
    if (from === -1) throw new Refusal('not_found');
    const to = Math.min(ids.length - 1, Math.max(0, from + (direction === 'up' ? -1 : 1)));
    await reorderChapters(trx, editionId, ids.toSpliced(from, 1).toSpliced(to, 0, chapterId));
    const subject = { kind: 'chapter', id: chapterId };
    await appendAudit(trx, administrator, {
      what: 'chapter.moved',
      subject,
      detail: { editionId, position: to + 1 },
    });
    return countChange(trx, editionId);
  });
}
