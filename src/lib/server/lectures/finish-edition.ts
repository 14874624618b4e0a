import type { z } from 'zod';
import type { Administrator } from '#lib/domain/people/actor.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { assertPublishable } from './assert-publishable.ts';
import { markState } from './edition.queries.ts';
import { lockForMove, SeenDraft } from './lock-draft.ts';

export const FinishEdition = SeenDraft;

/**
 * Freezes a draft that lacks nothing: what is looked at from now on is what will be published. Refused as `lockForMove` says, and with the
 * first of `findPublishingFaults`.
 */
export async function finishEdition(
  app: App,
  administrator: Administrator,
  seen: z.output<typeof FinishEdition>,
): Promise<void> {
  await app.db.transaction().execute(async (trx) => {
    const edition = await lockForMove(trx, administrator, seen, 'finish');
    const totalMs = await assertPublishable(app, trx, edition);
    await markState(trx, edition.id, { state: 'ready' });
    await appendAudit(trx, administrator, {
      what: 'edition.finished',
      subject: { kind: 'edition', id: edition.id },
      detail: { number: edition.number, totalMs },
    });
  });
}
