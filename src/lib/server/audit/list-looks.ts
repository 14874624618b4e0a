import type { Database } from '../db/database.ts';
import { listEventsOnSubjects } from './audit.queries.ts';

/** What officers did (`what`) to any of these subjects, newest first. */
export async function listLooks(
  db: Database,
  asked: {
    readonly what: readonly string[];
    readonly subjects: readonly { readonly kind: string; readonly id: string }[];
    readonly limit: number;
  },
) {
  const events = await listEventsOnSubjects(db, asked);
  return events.map(({ detail, ...event }) => ({
    ...event,
    detail: detail as Readonly<Record<string, unknown>>, // appendAudit writes nothing but flat objects
  }));
}
