import { z } from 'zod';
import type { Administrator } from '#lib/domain/people/actor.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { listChapters } from './chapter.queries.ts';
import { copyChapter } from './copy-chapter.ts';
import { findDraft, findNewestEdition, insertEdition, lockLecture } from './edition.queries.ts';
import { assertOwn } from './lock-draft.ts';

export const CreateEdition = z.object({
  lectureId: z.uuid(),
  from: z.enum(['nothing', 'newest']),
});

/**
 * The draft of a lecture's next edition, empty or with the languages and chapters of the newest one. While there is a draft, that is
 * answered. Refused: `not_found`, `not_allowed`.
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
    const copied = from === 'newest' ? newest : undefined;
    const languages = copied && { languages: copied.languages };
    const id = await insertEdition(trx, {
      lectureId,
      number,
      createdBy: administrator.officerId,
      ...languages,
    });
    for (const chapter of copied ? await listChapters(trx, copied.id) : []) {
      const { position, originChapterId } = chapter;
      await copyChapter(trx, chapter, { editionId: id, position, originChapterId });
    }
    await appendAudit(trx, administrator, {
      what: 'edition.created',
      subject: { kind: 'edition', id },
      detail: { lectureId, number, copyOf: copied?.id ?? null },
    });
    return id;
  });
}
