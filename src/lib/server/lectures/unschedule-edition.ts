import type { z } from 'zod';
import type { Administrator } from '#lib/domain/people/actor.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { markState } from './edition.queries.ts';
import { lockForMove, SeenDraft } from './lock-draft.ts';

export const UnscheduleEdition = SeenDraft;

/** Takes back the appointment of an edition, which is ready again. Refused as `lockForMove` says. */
export async function unscheduleEdition(
  app: App,
  administrator: Administrator,
  seen: z.output<typeof UnscheduleEdition>,
): Promise<void> {
  await app.db.transaction().execute(async (trx) => {
    const { id, number } = await lockForMove(trx, administrator, seen, 'unschedule');
    await markState(trx, id, { state: 'ready' });
    const subject = { kind: 'edition', id };
    await appendAudit(trx, administrator, { what: 'edition.unscheduled', subject, detail: { number } });
  });
}
