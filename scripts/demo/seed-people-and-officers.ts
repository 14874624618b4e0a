import { tokyoDate } from '#lib/domain/renewal/calendar.ts';
import type { App } from '#lib/server/app.ts';
import { inviteOfficer } from '#lib/server/officers/invite-officer.ts';
import { linkCredential } from '#lib/server/sign-in/link-credential.ts';
import type { TestCa } from '../make-test-ca.ts';
import { NAMED_OFFICERS } from '../named-people.ts';
import { seedPeople } from '../seed/seed-people.ts';

export interface InvitedOfficer {
  readonly id: string;
  readonly officerId: string;
  readonly name: string;
  readonly role: 'counterOfficer' | 'administrator';
  readonly url: string;
}

/** The named people of the register, their cards, and an invitation for each officer. May be run again. */
export async function seedPeopleAndOfficers(app: App, testCa: TestCa): Promise<InvitedOfficer[]> {
  const { driverIds } = await seedPeople(app, tokyoDate(app.clock.now()));
  for (const card of testCa.cards) {
    const driverId = driverIds.get(card.id);
    if (driverId === undefined) continue; // a card of nobody whom the register knows
    const { anchorId, serial, spkiSha256 } = card;
    await linkCredential(app, 'system', {
      driverId,
      identity: { kind: 'certificate', anchorId, serial, spkiSha256: Buffer.from(spkiSha256, 'hex') },
    });
  }
  const invited: InvitedOfficer[] = [];
  for (const { id, nameJa: name, role, commissionCode, officeNameJa } of NAMED_OFFICERS) {
    const { officerId, url } = await inviteOfficer(app, { name, role, commissionCode, officeNameJa });
    invited.push({ id, officerId, name, role, url });
  }
  return invited;
}
