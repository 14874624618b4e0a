import type { Database } from '../db/database.ts';
import { listEventsOfEdition } from './audit.queries.ts';

/** What officers, or the worker, did to an edition and its parts, newest first: who (by name), when, and what (`noun.verb`). */
export interface EditionEvent {
  readonly id: number;
  readonly at: Date;
  readonly what: string;
  readonly detail: Readonly<Record<string, unknown>>;
  /** Null: the worker. */
  readonly officerName: string | null;
}

/** At most `limit` of them. Whoever asks has made sure that the reader may see the edition. */
export async function listEditionEvents(
  db: Database,
  editionId: string,
  limit: number,
): Promise<EditionEvent[]> {
  const events = await listEventsOfEdition(db, editionId, limit);
  return events.map(({ detail, ...event }) => ({
    ...event,
    detail: detail as EditionEvent['detail'], // appendAudit writes nothing but flat objects
  }));
}
