import type { Administrator } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { DB, Transaction } from '../db/database.ts';
import { markSupervisor } from './officer.queries.ts';
import { takeTurnWith } from './take-turn.ts';

/** Doing it again changes nothing. Whoever calls it holds the commission. */
export async function setSupervisor(
  trx: Transaction<DB>,
  actor: Administrator | 'system',
  officer: { readonly id: string; readonly isSupervisor: boolean },
  isSupervisor: boolean,
): Promise<void> {
  if (officer.isSupervisor === isSupervisor) return;
  await markSupervisor(trx, officer.id, isSupervisor);
  await appendAudit(trx, actor, {
    what: isSupervisor ? 'officer.madeSupervisor' : 'officer.unmadeSupervisor',
    subject: { kind: 'officer', id: officer.id },
  });
}

/**
 * Makes a counter officer a supervisor, or no longer one. It holds from his next request, without a new sign-in. Refused: `not_allowed` for an
 * administrator, who does not work at a counter; `not_found`.
 */
export async function makeSupervisor(
  app: App,
  administrator: Administrator,
  officerId: string,
  isSupervisor: boolean,
): Promise<void> {
  await app.db.transaction().execute(async (trx) => {
    const officer = await takeTurnWith(trx, administrator, officerId);
    if (officer.role !== 'counterOfficer') throw new Refusal('not_allowed');
    await setSupervisor(trx, administrator, officer, isSupervisor);
  });
}
