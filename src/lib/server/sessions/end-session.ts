import type { PersonKind } from '#lib/domain/people/session-limits.ts';
import { openLucia, userIdOf, type SessionScope } from './lucia.ts';
import { deleteSessionsOfCredential } from './session.queries.ts';

/** Ends one session. Ending one that is not there is no fault: the person wanted it gone. */
export async function endSession(scope: SessionScope, token: string): Promise<void> {
  await openLucia(scope).invalidateSession(token);
}

/** Ends all sessions of a person, on every device. */
export async function endSessionsOf(
  scope: SessionScope,
  personKind: PersonKind,
  personId: string,
): Promise<void> {
  await openLucia(scope).invalidateUserSessions(userIdOf(personKind, personId));
}

/** Ends all sessions that were begun with this credential: it was replaced, or is in force no more. */
export function endSessionsOfCredential({ db }: SessionScope, credentialId: string): Promise<void> {
  return deleteSessionsOfCredential(db, credentialId);
}
