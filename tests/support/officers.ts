import { authenticate, type CounterOfficer } from '#lib/domain/people/actor.ts';
import type { App } from '#lib/server/app.ts';
import { inviteOfficer } from '#lib/server/officers/invite-officer.ts';

const OFFICES = {
  kanagawa: '神奈川県警察 運転免許センター',
  tokyo: '警視庁 府中運転免許試験場',
} as const;

/** A counter officer who has signed in, at the licence centre of a commission. Needs the commissions to be there (seedTestPeople). */
export async function signedInOfficer(
  app: App,
  name: string,
  commissionCode: keyof typeof OFFICES = 'kanagawa',
): Promise<CounterOfficer> {
  const officeNameJa = OFFICES[commissionCode];
  const { officerId } = await inviteOfficer(app, {
    name,
    role: 'counterOfficer',
    commissionCode,
    officeNameJa,
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
    sessionIdSha256: '',
  });
}
