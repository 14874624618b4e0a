import type { CounterOfficer } from '#lib/domain/people/actor.ts';
import type { Database } from '../db/database.ts';
import { hasRecentEvent } from './audit.queries.ts';
import type { AuditEntry } from './append-audit.ts';

/** Whether the audit trail says that this officer did that (`what`, `subject`) in the last `withinMs`. */
export async function hasActed(
  db: Database,
  { officerId }: CounterOfficer,
  { what, subject }: Required<Pick<AuditEntry, 'what' | 'subject'>>,
  withinMs: number,
): Promise<boolean> {
  return hasRecentEvent(db, { officerId, what, subject, withinMs });
}
