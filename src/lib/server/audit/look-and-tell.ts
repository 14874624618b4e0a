import type { Actor } from '#lib/domain/people/actor.ts';
import { rowOf, type AuditEntry } from './append-audit.ts';

/** For other nouns' statements; theirs is what is looked for, ours the line. */
export { lookAndTell } from './audit.queries.ts';

/** The line of a look whose subject is what the statement finds (`lookAndTell`). */
export const lineOfLook = (
  actor: Actor,
  { subjectKind, ...entry }: Omit<AuditEntry, 'subject'> & { readonly subjectKind: string },
): string => JSON.stringify({ ...rowOf(actor, entry), subjectKind });
