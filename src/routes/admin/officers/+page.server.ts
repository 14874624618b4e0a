import { requireActor } from '#lib/http/guards.ts';
import { listOfficers } from '#lib/server/officers/list-officers.ts';
import type { PageServerLoad } from './$types.ts';

export const load: PageServerLoad = async (event) => {
  const administrator = requireActor(event, 'administrator');
  return { officers: await listOfficers(event.locals.app, administrator) };
};
