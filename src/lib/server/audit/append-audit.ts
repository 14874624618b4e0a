import type { Expression } from 'kysely';
import type { Actor } from '#lib/domain/people/actor.ts';
import type { App } from '../app.ts';
import type { Database, DB, Transaction } from '../db/database.ts';
import { insertAuditEvent, rememberLookAhead, type AuditLine } from './audit.queries.ts';

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

/**
 * Something to look for, over the shared connections, that leads at once to another act that is written too, without which it shows
 * nothing: the line is written with the look, about what was found, and does not wait for the disk (docs/decisions/0030-*.md, 0034-*.md).
 * Nothing found: no line.
 */
export function lookAhead<Row extends { readonly subjectId: string }>(
  find: (db: Database, searched: string) => Expression<Row>,
) {
  const look = rememberLookAhead(find);
  return (
    { prepared }: Pick<App, 'prepared'>,
    actor: Actor,
    searched: string,
    { subjectKind, ...entry }: Omit<AuditEntry, 'subject'> & { readonly subjectKind: string },
  ): Promise<Row | undefined> =>
    look(prepared, searched, JSON.stringify({ ...rowOf(actor, entry), subjectKind }));
}

const rowOf = (actor: Actor | 'system', { what, subject, requestId, detail }: AuditEntry): AuditLine => ({
  ...describeActor(actor),
  what,
  subjectKind: subject?.kind ?? null,
  subjectId: subject?.id ?? null,
  requestId: requestId ?? null,
  detail: detail ?? {},
});
