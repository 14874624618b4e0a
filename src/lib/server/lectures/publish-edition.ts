import type { z } from 'zod';
import { findPublishingFaults, totalMs } from '#lib/domain/lectures/edition.ts';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { OnlineLectureClass } from '#lib/domain/renewal/lecture-class.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { listChapters } from './chapter.queries.ts';
import { countChange, markPublished, withdrawPublished } from './edition.queries.ts';
import { draftOf } from './get-edition.ts';
import { lockDraft, SeenDraft } from './lock-draft.ts';

export const PublishEdition = SeenDraft;

/**
 * Opens a draft to learners, just as the administrator saw it; from then on nobody can change it. The lecture's edition that was
 * published until now is withdrawn: no one begins on it any more, who has begun finishes on it. Refused as `lockDraft` says,
 * and with the first of `findPublishingFaults`.
 */
export async function publishEdition(
  app: App,
  administrator: Administrator,
  seen: z.output<typeof PublishEdition>,
): Promise<void> {
  await app.db.transaction().execute(async (trx) => {
    const { id, lectureId, number, lectureClass } = await lockDraft(trx, administrator, seen);
    const chapters = (await listChapters(trx, id)).map(draftOf);
    const composed = { lectureClass: lectureClass as OnlineLectureClass, chapters };
    const [fault] = findPublishingFaults(composed, app.config.legalMinutesScale);
    if (fault) throw new Refusal(fault.code, fault.detail);
    const publishedAt = app.clock.now();
    const withdrawnId = await withdrawPublished(trx, lectureId, publishedAt);
    await markPublished(trx, id, { publishedAt, totalMs: totalMs(chapters) });
    await countChange(trx, id);
    await appendAudit(trx, administrator, {
      what: 'edition.published',
      subject: { kind: 'edition', id },
      detail: { lectureId, number, totalMs: totalMs(chapters), withdrawnId: withdrawnId ?? null },
    });
  });
}
