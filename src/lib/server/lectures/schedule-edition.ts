import { z } from 'zod';
import { findScheduleFault } from '#lib/domain/lectures/edition-states.ts';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { isCalendarDate, tokyoInstant } from '#lib/domain/renewal/calendar.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { assertPublishable } from './assert-publishable.ts';
import { findOtherEdition, markState } from './edition.queries.ts';
import { lockForMove, SeenDraft } from './lock-draft.ts';

export const ScheduleEdition = SeenDraft.extend({
  /** The day and the time on a clock in Japan. */
  date: z.string().refine(isCalendarDate),
  time: z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/),
});

/**
 * Appoints the minute at which an edition that is ready opens to learners; the worker publishes it then (publish-due-editions.ts). An
 * appointment that there was is replaced. Refused as `lockForMove` says, with the first of `findPublishingFaults`, and:
 * `schedule_in_past`, `schedule_too_far`, `other_edition_scheduled` (one follows the published edition of a lecture, not two).
 */
export async function scheduleEdition(
  app: App,
  administrator: Administrator,
  input: z.output<typeof ScheduleEdition>,
): Promise<void> {
  const scheduledFor = tokyoInstant(input.date, input.time);
  await app.db.transaction().execute(async (trx) => {
    const edition = await lockForMove(trx, administrator, input, 'schedule');
    const fault = findScheduleFault(scheduledFor, app.clock.now());
    if (fault) throw new Refusal(fault);
    const other = await findOtherEdition(trx, edition, 'scheduled');
    if (other) throw new Refusal('other_edition_scheduled', { number: other.number });
    await assertPublishable(app, trx, edition);
    await markState(trx, edition.id, { state: 'scheduled', scheduledFor });
    await appendAudit(trx, administrator, {
      what: 'edition.scheduled',
      subject: { kind: 'edition', id: edition.id },
      detail: { number: edition.number, scheduledFor: scheduledFor.toISOString() },
    });
  });
}
