import type { Actor } from '#lib/domain/people/actor.ts';
import type { Database, DB, Transaction } from '../db/database.ts';
import { insertAuditEvent, type AuditLine } from './audit.queries.ts';

/** What is written about an act: `what` is `noun.verb` (`record.checked`); `detail` holds no personal data. */
export interface AuditEntry {
  readonly what: string;
  readonly subject?: { readonly kind: string; readonly id: string };
  readonly detail?: AuditLine['detail'];
  readonly requestId?: string;
}

const SYSTEM = { actorKind: 'system', actorId: null, officeId: null } as const;

function describeActor(actor: Actor | 'system') {
  if (actor === 'system') return SYSTEM;
  if (actor.kind === 'learner')
    return { actorKind: 'learner', actorId: actor.driverId, officeId: null } as const;
  const officeId = actor.kind === 'counterOfficer' ? actor.officeId : null;
  return { actorKind: 'officer', actorId: actor.officerId, officeId } as const;
}

/** Appends one line to the audit trail; inside a transaction it stands or falls with the act. */
export async function appendAudit(
  db: Database | Transaction<DB>,
  actor: Actor | 'system',
  entry: AuditEntry,
): Promise<void> {
  await insertAuditEvent(db, rowOf(actor, entry));
}

/** As it is written. */
export const rowOf = (
  actor: Actor | 'system',
  { what, subject, requestId, detail }: AuditEntry,
): AuditLine => ({
  ...describeActor(actor),
  what,
  subjectKind: subject?.kind ?? null,
  subjectId: subject?.id ?? null,
  requestId: requestId ?? null,
  detail: detail ?? {},
});
