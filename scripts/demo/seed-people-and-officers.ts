import { tokyoDate } from '#lib/domain/renewal/calendar.ts';
import type { App } from '#lib/server/app.ts';
import { inviteOfficer } from '#lib/server/officers/invite-officer.ts';
import { openNationalLibrary } from '#lib/server/register/open-national-library.ts';
import { findDriverById } from '#lib/server/register/find-driver.ts';
import type { TestCa } from '../make-test-ca.ts';
import { NATIONAL_LIBRARY } from '../named-officers.ts';
import { NAMED_OFFICERS, namedPeople } from '../named-people.ts';
import { certifiedInformation } from '../seed/named-cards.ts';
import { seedContacts } from '../seed/seed-contacts.ts';
import { seedPeople } from '../seed/seed-people.ts';
import { makeSigningCards, type SigningPerson } from '../test-ca/signing-cards.ts';
import { linkSubjects } from './authentication-app/link-subjects.ts';
import type { AuthenticationAppOfDemo } from './authentication-app/start-authentication-app.ts';
import { linkUnlessReplaced } from './link-unless-replaced.ts';

export interface InvitedOfficer {
  readonly id: string;
  readonly officerId: string;
  readonly name: string;
  readonly role: 'counterOfficer' | 'administrator';
  readonly isSupervisor: boolean;
  readonly url: string;
}

/** The named people of the register, their cards, and an invitation for each officer. May be run again: what people did since, stays. */
export async function seedPeopleAndOfficers(
  app: App,
  testCa: TestCa,
  authenticationApp: AuthenticationAppOfDemo,
): Promise<InvitedOfficer[]> {
  const today = tokyoDate(app.clock.now());
  const { driverIds } = await seedPeople(app, today);
  await seedContacts(app);
  await openNationalLibrary(app, NATIONAL_LIBRARY);
  await linkCards(app, testCa, driverIds);
  await giveSigningCards(app, testCa, driverIds);
  await linkSubjects(app, driverIds, authenticationApp);
  const invited: InvitedOfficer[] = [];
  for (const { id, nameJa: name, nameEn: _nameEn, isSupervisor = false, ...office } of NAMED_OFFICERS) {
    const { officerId, url } = await inviteOfficer(app, { name, isSupervisor, ...office });
    invited.push({ id, officerId, name, role: office.role, isSupervisor, url });
  }
  return invited;
}

async function linkCards(app: App, { cards }: TestCa, driverIds: ReadonlyMap<string, string>): Promise<void> {
  const people = new Map(namedPeople(tokyoDate(app.clock.now())).map((person) => [person.id, person]));
  for (const { id, former, ...current } of cards) {
    const driverId = driverIds.get(id);
    const linked = people.get(id)?.linked;
    if (driverId === undefined || linked === 'none') continue; // nobody whom the register knows, or not linked yet
    const { anchorId, serial, spkiSha256 } = (linked === 'formerCard' && former) || current;
    await linkUnlessReplaced(app, {
      driverId,
      identity: { kind: 'certificate', anchorId, serial, spkiSha256: Buffer.from(spkiSha256, 'hex') },
    });
  }
}

/** Made after the register, whose birth dates were counted from the day of the import. */
async function giveSigningCards(
  app: App,
  { outDir }: TestCa,
  driverIds: ReadonlyMap<string, string>,
): Promise<void> {
  const orders: SigningPerson[] = [];
  for (const person of namedPeople(tokyoDate(app.clock.now()))) {
    if (!person.signing) continue;
    const driverId = driverIds.get(person.id);
    const driver = driverId === undefined ? undefined : await findDriverById(app.db, driverId);
    orders.push({
      id: person.id,
      holder: person.nameJa,
      password: person.signing.password,
      fourInformation: certifiedInformation(person, {
        birthDate: driver?.birthDate ?? null,
        address: person.register?.address ?? '',
      }),
    });
  }
  await makeSigningCards({ outDir, people: orders });
}
