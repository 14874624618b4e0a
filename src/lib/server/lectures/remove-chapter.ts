import { z } from 'zod';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { deleteChapter, listChapters, reorderChapters } from './chapter.queries.ts';
import { countChange } from './edition.queries.ts';
import { lockDraft, SeenDraft } from './lock-draft.ts';

export const RemoveChapter = SeenDraft.extend({ chapterId: z.uuid() });

/**
 * Takes a chapter with its question out of a draft; the ones behind move up. Its video stays. Answers the draft's new version.
 * Refused as `lockDraft` says; `not_found`.
 */
export async function removeChapter(
  app: App,
  administrator: Administrator,
  input: z.output<typeof RemoveChapter>,
): Promise<number> {
  const { editionId, chapterId } = input;
  return app.db.transaction().execute(async (trx) => {
    await lockDraft(trx, administrator, input);
    const ids = (await listChapters(trx, editionId)).map(({ id }) => id);
    if (!ids.includes(chapterId)) throw new Refusal('not_found');
    await deleteChapter(trx, chapterId);
    await reorderChapters(
      trx,
      editionId,
      ids.filter((id) => id !== chapterId),
    );
    const subject = { kind: 'chapter', id: chapterId };
    await appendAudit(trx, administrator, { what: 'chapter.removed', subject, detail: { editionId } });
    return countChange(trx, editionId);
  });
}
