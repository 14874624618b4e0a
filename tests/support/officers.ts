import { authenticate, type Administrator, type CounterOfficer } from '#lib/domain/people/actor.ts';
import type { App } from '#lib/server/app.ts';
import { inviteOfficer } from '#lib/server/officers/invite-officer.ts';

const OFFICES = {
  kanagawa: '神奈川県警察 運転免許センター',
  tokyo: '警視庁 府中運転免許試験場',
} as const;

/** A counter officer (or supervisor) who has signed in, at the licence centre of a commission. Needs the commissions to be there (seedTestPeople). */
export async function signedInOfficer(
  app: App,
  name: string,
  commissionCode: keyof typeof OFFICES = 'kanagawa',
  { isSupervisor = false }: { isSupervisor?: boolean } = {},
): Promise<CounterOfficer> {
  const officeNameJa = OFFICES[commissionCode];
  const { officerId } = await inviteOfficer(app, {
    name,
    role: 'counterOfficer',
    commissionCode,
    officeNameJa,
    isSupervisor,
  });
  const { officeId } = await app.db
    .selectFrom('officer')
    .where('id', '=', officerId)
    .select('officeId')
    .executeTakeFirstOrThrow();
  return authenticate<CounterOfficer>({
    kind: 'counterOfficer',
    officerId,
    name,
    commissionCode,
    officeId: officeId!,
    isSupervisor,
    sessionIdSha256: '',
  });
}

/** An administrator of a commission who has signed in. Needs the commissions to be there. */
export async function signedInAdministrator(
  app: App,
  name: string,
  commissionCode = 'kanagawa',
): Promise<Administrator> {
  const role = 'administrator';
  const { officerId } = await inviteOfficer(app, { name, role, commissionCode, officeNameJa: null });
  const facts = { kind: role, officerId, name, commissionCode, sessionIdSha256: '' } as const;
  return authenticate<Administrator>(facts);
}
