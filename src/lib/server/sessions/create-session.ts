import { LIMITS } from '#lib/domain/limits.ts';
import { openLucia, userIdOf, type PersonKind, type SessionScope } from './lucia.ts';

export interface NewSession {
  readonly personKind: PersonKind;
  readonly personId: string;
  /** The certificate that a learner signed in with; null for officers. */
  readonly credentialId: string | null;
  readonly userAgent: string;
}

/**
 * Begins a session under a new id and takes away the expired ones. `token` goes into the browser's cookie and nowhere else. With
 * `{ ...app, db: trx }` it stands or falls with a transaction.
 */
export async function createSession(
  scope: SessionScope,
  { personKind, personId, credentialId, userAgent }: NewSession,
): Promise<{ token: string; expiresAt: Date }> {
  const lucia = openLucia(scope);
  await lucia.deleteExpiredSessions();
  const { id: token } = await lucia.createSession(userIdOf(personKind, personId), {
    credentialId,
    userAgent,
  });
  return { token, expiresAt: new Date(scope.clock.now().getTime() + LIMITS.sessionTtlMs) };
}
