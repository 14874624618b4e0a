import { z } from 'zod';
import { findTakeOverFault } from '#lib/domain/lectures/take-over.ts';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { listChapters } from './chapter.queries.ts';
import { copyChapter } from './copy-chapter.ts';
import { countChange, findNationalEditionOfChapter } from './edition.queries.ts';
import { lockDraft, SeenDraft } from './lock-draft.ts';

export const TakeOverChapter = SeenDraft.extend({ originChapterId: z.uuid() });

/**
 * Copies a published national chapter, with all its languages and questions, behind the chapters of a draft. Answers the copy's id and the draft's new
 * version. Refused as `lockDraft` says; `not_found` when there is no such national chapter (any more); as `findTakeOverFault` says.
 */
export async function takeOverChapter(
  app: App,
  administrator: Administrator,
  input: z.output<typeof TakeOverChapter>,
): Promise<{ chapterId: string; version: number }> {
  const { editionId, originChapterId } = input;
  return app.db.transaction().execute(async (trx) => {
    const { isNational } = await lockDraft(trx, administrator, input);
    const source = await findNationalEditionOfChapter(trx, originChapterId);
    if (!source) throw new Refusal('not_found');
    const chapters = await listChapters(trx, editionId);
    const fault = findTakeOverFault({ isNational, chapters }, originChapterId);
    if (fault) throw new Refusal(fault);
    const origin = (await listChapters(trx, source.id)).find(({ id }) => id === originChapterId)!;
    const position = chapters.length + 1;
    const chapterId = await copyChapter(trx, origin, { editionId, position, originChapterId });
    await appendAudit(trx, administrator, {
      what: 'chapter.takenOver',
      subject: { kind: 'chapter', id: chapterId },
      detail: { editionId, position, originChapterId },
    });
    return { chapterId, version: await countChange(trx, editionId) };
  });
}
