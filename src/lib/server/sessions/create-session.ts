import { hardEndOfSession, type PersonKind } from '#lib/domain/people/session-limits.ts';
import { openLucia, userIdOf, type SessionScope } from './lucia.ts';
import type { SessionMethod } from './session-method.ts';

export interface NewSession {
  readonly personKind: PersonKind;
  readonly personId: string;
  readonly method: SessionMethod;
  /** The certificate that a learner signed in with; null for officers. */
  readonly credentialId: string | null;
  readonly userAgent: string;
}

/**
 * Begins a session under a new id and takes away the expired ones. `token` goes into the browser's cookie and nowhere else; `expiresAt` is
 * when the cookie may be forgotten, the session mostly ends sooner. With `{ ...app, db: trx }` it stands or falls with a transaction.
 */
export async function createSession(
  scope: SessionScope,
  { personKind, personId, ...attributes }: NewSession,
): Promise<{ token: string; expiresAt: Date }> {
  const lucia = openLucia(scope);
  await lucia.deleteExpiredSessions();
  const { id: token } = await lucia.createSession(userIdOf(personKind, personId), attributes);
  const createdAt = scope.clock.now().getTime();
  return { token, expiresAt: new Date(hardEndOfSession({ personKind, createdAt })) };
}
