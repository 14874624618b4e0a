import { z } from 'zod';
import type { Administrator } from '#lib/domain/people/actor.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { DB, Transaction } from '../db/database.ts';
import { insertChapter, listChapters, replaceQuestion } from './chapter.queries.ts';
import { findDraft, findNewestEdition, insertEdition, lockLecture } from './edition.queries.ts';
import { assertOwn } from './lock-draft.ts';

export const CreateEdition = z.object({
  lectureId: z.uuid(),
  from: z.enum(['nothing', 'newest']),
});

async function copyChapters(trx: Transaction<DB>, fromEditionId: string, editionId: string): Promise<void> {
  for (const chapter of await listChapters(trx, fromEditionId)) {
    const {
      position,
      titleJa,
      titleEn,
      videoId,
      captionsJa: captionsVtt,
      captionsEn: captionsEnVtt,
    } = chapter;
    const content = { position, titleJa, titleEn, videoId, captionsVtt, captionsEnVtt };
    await replaceQuestion(trx, await insertChapter(trx, { ...content, editionId }), chapter.question);
  }
}

/**
 * The draft of a lecture's next edition, empty or with the chapters of the newest one. While there is a draft, that is answered. Refused: `not_found`, `not_allowed`.
 */
export async function createEdition(
  app: App,
  administrator: Administrator,
  { lectureId, from }: z.output<typeof CreateEdition>,
): Promise<string> {
  return app.db.transaction().execute(async (trx) => {
    assertOwn(await lockLecture(trx, lectureId), administrator);
    const draft = await findDraft(trx, lectureId);
    if (draft) return draft.id;
    const newest = await findNewestEdition(trx, lectureId);
    const number = (newest?.number ?? 0) + 1;
    const id = await insertEdition(trx, { lectureId, number, createdBy: administrator.officerId });
    const copied = from === 'newest' ? newest : undefined;
    if (copied) await copyChapters(trx, copied.id, id);
    await appendAudit(trx, administrator, {
      what: 'edition.created',
      subject: { kind: 'edition', id },
      detail: { lectureId, number, copyOf: copied?.id ?? null },
    });
    return id;
  });
}
