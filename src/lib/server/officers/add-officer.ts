import { z } from 'zod';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { listOfficesOf } from './administration.queries.ts';
import { createInvitation } from './create-invitation.ts';
import { ReadableName } from './readable-name.ts';
import { takeTurn } from './take-turn.ts';
import { insertOfficer, findOfficerByName } from './officer.queries.ts';

export const AddOfficer = z.object({
  name: ReadableName,
  role: z.enum(['counterOfficer', 'administrator']),
  /** Empty: no office. */
  officeId: z.union([z.uuid(), z.literal('').transform(() => null)]),
  /** A tick of the form; only a counter officer is one. */
  isSupervisor: z.literal('yes').optional(),
});

export interface Invitation {
  readonly officerId: string;
  readonly name: string;
  readonly url: string;
  readonly expiresAt: Date;
}

/**
 * Adds an officer to the administrator's commission and makes his invitation link, which is told once. Refused: `officer_exists` for one of
 * the same name, role and office, disabled or not; `office_required` for a counter officer without one; `not_found` for an office that is not
 * the commission's; `not_allowed`.
 */
export async function addOfficer(
  app: App,
  administrator: Administrator,
  { name, role, officeId, isSupervisor: isTicked }: z.output<typeof AddOfficer>,
): Promise<Invitation> {
  if (role === 'counterOfficer' && officeId === null) throw new Refusal('office_required');
  const isSupervisor = role === 'counterOfficer' && isTicked !== undefined;
  return app.db.transaction().execute(async (trx) => {
    const { commissionCode } = administrator;
    await takeTurn(trx, administrator);
    const offices = await listOfficesOf(trx, commissionCode);
    if (officeId !== null && !offices.some(({ id }) => id === officeId)) throw new Refusal('not_found');
    const facts = { name, role, commissionCode, officeId };
    if (await findOfficerByName(trx, facts)) throw new Refusal('officer_exists');
    const officerId = await insertOfficer(trx, { ...facts, isSupervisor, createdAt: app.clock.now() });
    await appendAudit(trx, administrator, {
      what: 'officer.added',
      subject: { kind: 'officer', id: officerId },
      detail: { role, isSupervisor },
    });
    return { officerId, name, ...(await createInvitation(app, trx, administrator, officerId)) };
  });
}
