import type { Actor } from '#lib/domain/people/actor.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { endSession } from '../sessions/end-session.ts';

/** Ends the session that the person is acting in, and writes it down. */
export async function signOut(
  app: App,
  actor: Actor,
  { token, requestId }: { token: string; requestId: string },
): Promise<void> {
  await app.db.transaction().execute(async (trx) => {
    await endSession({ db: trx, clock: app.clock }, token);
    await appendAudit(trx, actor, { what: 'session.ended', requestId });
  });
}
