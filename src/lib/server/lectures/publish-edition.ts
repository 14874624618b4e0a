import type { z } from 'zod';
import type { Actor, Administrator } from '#lib/domain/people/actor.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { DB, Transaction } from '../db/database.ts';
import { assertPublishable } from './assert-publishable.ts';
import { markState, markWithdrawn, type EditionRow } from './edition.queries.ts';
import { lockForMove, SeenDraft } from './lock-draft.ts';

export const PublishEdition = SeenDraft;

/** For whoever holds the edition's lock: by hand below, at its time in publish-due-editions.ts. */
export async function openToLearners(
  app: App,
  trx: Transaction<DB>,
  actor: Actor | 'system',
  edition: EditionRow,
): Promise<void> {
  const { id, lectureId, number } = edition;
  const totalMs = await assertPublishable(app, trx, edition);
  const publishedAt = app.clock.now();
  const withdrawnId = await markWithdrawn(trx, lectureId, { withdrawnAt: publishedAt, reason: null });
  await markState(trx, id, { state: 'published', publishedAt, totalMs });
  const subject = { kind: 'edition', id };
  const detail = { lectureId, number, totalMs, withdrawnId: withdrawnId ?? null };
  await appendAudit(trx, actor, { what: 'edition.published', subject, detail });
  if (withdrawnId === undefined) return;
  await appendAudit(trx, actor, {
    what: 'edition.replaced',
    subject: { kind: 'edition', id: withdrawnId },
    detail: { number },
  });
}

/**
 * Opens an edition that is ready, or scheduled for later, to learners now; from then on nobody can change it. The lecture's edition that
 * was published until now is withdrawn: no one begins on it any more, who has begun finishes on it. Refused as `lockForMove` says,
 * and with the first of `findPublishingFaults`.
 */
export async function publishEdition(
  app: App,
  administrator: Administrator,
  seen: z.output<typeof PublishEdition>,
): Promise<void> {
  await app.db.transaction().execute(async (trx) => {
    await openToLearners(app, trx, administrator, await lockForMove(trx, administrator, seen, 'publish'));
  });
}
