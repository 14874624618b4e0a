import type { z } from 'zod';
import type { Administrator } from '#lib/domain/people/actor.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { markState } from './edition.queries.ts';
import { lockForMove, SeenDraft } from './lock-draft.ts';

export const ReopenEdition = SeenDraft;

/** Makes an edition that is ready a draft again, to be written in. Refused as `lockForMove` says. */
export async function reopenEdition(
  app: App,
  administrator: Administrator,
  seen: z.output<typeof ReopenEdition>,
): Promise<void> {
  await app.db.transaction().execute(async (trx) => {
    const { id, number } = await lockForMove(trx, administrator, seen, 'reopen');
    await markState(trx, id, { state: 'draft' });
    const subject = { kind: 'edition', id };
    await appendAudit(trx, administrator, { what: 'edition.reopened', subject, detail: { number } });
  });
}
