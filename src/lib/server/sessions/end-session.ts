import { openLucia, userIdOf, type PersonKind, type SessionScope } from './lucia.ts';

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
