import type { z } from 'zod';
import type { App } from '../app.ts';
import { listEvents } from './exchange.queries.ts';
import { requirePurpose, type Partner } from './identify-partner.ts';
import type { CompletionEvent, CompletionPage, CompletionsQuery } from './schemas.ts';

/** An event as partners see it, by feed and by push alike. */
export function describeEvent(event: Awaited<ReturnType<typeof listEvents>>[number]): CompletionEvent {
  return {
    id: event.id,
    type: event.isCorrection ? 'record.corrected' : `record.${event.state}`,
    state: event.state,
    cursor: String(event.position),
    occurredAt: event.occurredAt.toISOString(),
    record: {
      recordNumber: event.recordNumber,
      licenceNumber: event.licenceNumber,
      commission: event.commissionCode,
      lectureClass: event.lectureClass,
      periodStart: event.periodStart,
      periodEnd: event.periodEnd,
      issuedAt: event.issuedAt.toISOString(),
    },
  };
}

/**
 * What has become of records of the partner's drivers since `after`: completed, checked, used, voided, corrected. An event can be read as soon as the
 * transaction that made it is committed, and none comes in later before one that was read. Refused: not_allowed.
 */
export async function listCompletions(
  app: App,
  partner: Partner,
  { after = '0', limit }: z.output<typeof CompletionsQuery>,
): Promise<z.infer<typeof CompletionPage>> {
  requirePurpose(partner, 'completions');
  const found = await listEvents(app.db, {
    after: Number(after),
    commissionCode: partner.commissionCode,
    limit: limit + 1,
  });
  const events = found.slice(0, limit).map(describeEvent);
  return { events, next: events.at(-1)?.cursor ?? after, hasMore: found.length > limit };
}
