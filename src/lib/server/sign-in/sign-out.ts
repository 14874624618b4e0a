import { z } from 'zod';
import type { Actor } from '#lib/domain/people/actor.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { endCurrentSession } from '../sessions/end-own-sessions.ts';
import type { SessionMethod } from '../sessions/session-method.ts';

export const SignOut = z.object({ reason: z.literal('notMe').optional() });

/**
 * Ends the session that the person is acting in, and writes it down. Answers by which way the session had begun, for what is left to do on
 * this device; null when it was over already.
 */
export async function signOut(
  app: App,
  actor: Actor,
  { reason, requestId }: z.output<typeof SignOut> & { readonly requestId: string },
): Promise<SessionMethod | null> {
  return app.db.transaction().execute(async (trx) => {
    const method = await endCurrentSession(trx, actor);
    if (method === null) return null;
    const detail = { method, ...(reason !== undefined && { reason }) };
    await appendAudit(trx, actor, { what: 'session.ended', requestId, detail });
    return method;
  });
}
