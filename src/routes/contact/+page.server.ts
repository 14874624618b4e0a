import { listContacts } from '#lib/server/register/get-contact.ts';
import type { PageServerLoad } from './$types.ts';

export const csr = false;

export const load: PageServerLoad = async ({ locals }) => ({ contacts: await listContacts(locals.app) });
