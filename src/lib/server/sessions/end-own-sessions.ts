import { z } from 'zod';
import type { Actor } from '#lib/domain/people/actor.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { DB, Transaction } from '../db/database.ts';
import { personOfActor } from './person-of-actor.ts';
import type { SessionMethod } from './session-method.ts';
import { deleteOwnSessions } from './session.queries.ts';

export const EndOwnSession = z.object({ idSha256: z.string().regex(/^[0-9a-f]{64}$/) });

/**
 * Signs the person out on another device. One that is over already, or is somebody else's, is left as it is: what the person wanted gone is
 * not there. Answers how many ended.
 */
export function endOwnSession(
  app: App,
  actor: Actor,
  { idSha256 }: z.output<typeof EndOwnSession>,
): Promise<number> {
  return end(app, actor, { only: idSha256 });
}

/** Signs the person out everywhere but here. Answers how many sessions ended. */
export function endOtherSessions(app: App, actor: Actor): Promise<number> {
  return end(app, actor, { except: actor.sessionIdSha256 });
}

/** Ends the session that the person is acting in; answers how it had begun, or null when it is over already. Says nothing to the audit trail. */
export async function endCurrentSession(trx: Transaction<DB>, actor: Actor): Promise<SessionMethod | null> {
  const [ended] = await deleteOwnSessions(trx, personOfActor(actor), { only: actor.sessionIdSha256 });
  return ended?.method ?? null;
}

async function end(app: App, actor: Actor, which: Parameters<typeof deleteOwnSessions>[2]): Promise<number> {
  return app.db.transaction().execute(async (trx) => {
    const ended = await deleteOwnSessions(trx, personOfActor(actor), which);
    for (const { idSha256, method } of ended) {
      await appendAudit(trx, actor, {
        what: 'session.ended',
        subject: { kind: 'session', id: idSha256 },
        detail: { method, reason: 'byOwner' },
      });
    }
    return ended.length;
  });
}
