import type { z } from 'zod';
import { MAX_CHAPTERS } from '#lib/domain/lectures/edition.ts';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { insertChapter, listChapters } from './chapter.queries.ts';
import { countChange } from './edition.queries.ts';
import { lockDraft, SeenDraft } from './lock-draft.ts';

export const AddChapter = SeenDraft;

/**
 * A further chapter of a draft, behind the others, with nothing in it yet. Answers its id and the draft's new version. Refused as `lockDraft` says;
 * `malformed` beyond `MAX_CHAPTERS`.
 */
export async function addChapter(
  app: App,
  administrator: Administrator,
  seen: z.output<typeof AddChapter>,
): Promise<{ chapterId: string; version: number }> {
  const { editionId } = seen;
  return app.db.transaction().execute(async (trx) => {
    await lockDraft(trx, administrator, seen);
    const position = (await listChapters(trx, editionId)).length + 1;
    if (position > MAX_CHAPTERS) throw new Refusal('malformed', { field: 'chapters' });
    const chapterId = await insertChapter(trx, { editionId, position });
    await appendAudit(trx, administrator, {
      what: 'chapter.added',
      subject: { kind: 'chapter', id: chapterId },
      detail: { editionId, position },
    });
    return { chapterId, version: await countChange(trx, editionId) };
  });
}
