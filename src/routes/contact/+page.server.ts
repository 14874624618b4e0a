import { REGIONS } from '#lib/domain/people/regions.ts';
import { listContacts } from '#lib/server/register/get-contact.ts';
import type { PageServerLoad } from './$types.ts';

export const csr = false;

export const load: PageServerLoad = async ({ locals }) => {
  const contacts = await listContacts(locals.app);
  const regions = REGIONS.map(({ nameJa, nameEn, codes }) => ({
    nameJa,
    nameEn,
    contacts: codes.flatMap((code) => contacts.find((contact) => contact.code === code) ?? []),
  }));
  return { regions };
};
