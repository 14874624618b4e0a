import type { FourInformation } from '#lib/domain/people/four-information.ts';
import type { CalendarDate } from '#lib/domain/renewal/calendar.ts';
import type { NamedPerson } from '../named-people.ts';
import type { TestPerson } from '../test-ca/cards.ts';

/** What the test authority has to make for the person. */
export const toTestPerson = ({ card, linked, signing, ...person }: NamedPerson): TestPerson => ({
  ...person,
  status: card,
  isReissued: linked === 'formerCard',
  signPassword: signing?.password ?? null,
});

/** What the person's signing certificate says: the register's facts in the form of certificates, unless the story says otherwise. */
export function certifiedInformation(
  { nameJa, signing }: NamedPerson,
  registered: { readonly birthDate: CalendarDate | null; readonly address: string },
): FourInformation {
  if (!signing) throw new Error(`${nameJa} has no signing card`);
  const { birthDate, address } = registered;
  return {
    name: nameJa.replace(' ', '　'),
    nameSubstituted: [],
    address,
    addressSubstituted: [],
    birthDate,
    sex: signing.sex,
    ...signing.certified,
  };
}
