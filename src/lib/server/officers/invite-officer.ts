import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { DB, Transaction } from '../db/database.ts';
import { createInvitation } from './create-invitation.ts';
import { setSupervisor } from './make-supervisor.ts';
import {
  findOfficeId,
  insertOfficer,
  lockCommission,
  findOfficerByName,
  type OfficerRole,
} from './officer.queries.ts';

export interface InvitedOfficer {
  readonly name: string;
  readonly role: OfficerRole;
  readonly commissionCode: string;
  /** As the commission has it; a counter officer needs one, an administrator may have none (null). */
  readonly officeNameJa: string | null;
  /** Of a counter officer who is there already: true makes him one; left out or false, he stays what he is. */
  readonly isSupervisor?: boolean;
}

/**
 * Invites an officer by a link that registers a passkey. An officer of the same name, role and office is not made a second time but
 * gets a new link. Refused: `not_found` for an office that is not there, `officer_disabled`, `not_allowed` for an administrator who is to be
 * a supervisor too.
 */
export async function inviteOfficer(
  app: Pick<App, 'db' | 'config' | 'clock'>,
  invited: InvitedOfficer,
): Promise<{ officerId: string; url: string; expiresAt: Date }> {
  return app.db.transaction().execute(async (trx) => {
    await lockCommission(trx, invited.commissionCode);
    const officerId = await findOrMakeOfficer(app, trx, invited);
    return { officerId, ...(await createInvitation(app, trx, 'system', officerId)) };
  });
}

async function findOrMakeOfficer(
  app: Pick<App, 'clock'>,
  trx: Transaction<DB>,
  { name, role, commissionCode, officeNameJa, isSupervisor = false }: InvitedOfficer,
): Promise<string> {
  const office = officeNameJa === null ? null : await findOfficeId(trx, commissionCode, officeNameJa);
  if (office === undefined || (office === null && role === 'counterOfficer')) throw new Refusal('not_found');
  if (isSupervisor && role !== 'counterOfficer') throw new Refusal('not_allowed');
  const facts = { name, role, commissionCode, officeId: office?.id ?? null };
  const present = await findOfficerByName(trx, facts);
  if (present?.disabledAt) throw new Refusal('officer_disabled');
  if (present) {
    if (isSupervisor) await setSupervisor(trx, 'system', present, true);
    return present.id;
  }
  const officerId = await insertOfficer(trx, { ...facts, isSupervisor, createdAt: app.clock.now() });
  await appendAudit(trx, 'system', {
    what: 'officer.added',
    subject: { kind: 'officer', id: officerId },
    detail: { role, isSupervisor },
  });
  return officerId;
}
