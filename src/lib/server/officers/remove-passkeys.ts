import type { Administrator } from '#lib/domain/people/actor.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { endSessionsOf } from '../sessions/end-session.ts';
import { deletePasskeysOf } from './administration.queries.ts';
import { takeTurnWith } from './take-turn.ts';

/**
 * Takes all passkeys of an officer away, for a device that is lost, and ends his sessions: whoever found the device may be in. Answers how many
 * there were. Refused: `not_found`, `not_allowed`.
 */
export async function removePasskeys(
  app: App,
  administrator: Administrator,
  officerId: string,
): Promise<number> {
  return app.db.transaction().execute(async (trx) => {
    const officer = await takeTurnWith(trx, administrator, officerId);
    const count = await deletePasskeysOf(trx, officer.id);
    await endSessionsOf({ db: trx, clock: app.clock }, 'officer', officer.id);
    await appendAudit(trx, administrator, {
      what: 'passkey.removed',
      subject: { kind: 'officer', id: officer.id },
      detail: { count },
    });
    return count;
  });
}
