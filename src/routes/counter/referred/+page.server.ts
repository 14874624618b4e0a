import { requireActor } from '#lib/http/guards.ts';
import { orErrorPage } from '#lib/http/refusals.ts';
import { listReferred } from '#lib/server/records/list-referred.ts';
import type { PageServerLoad } from './$types.ts';

export const load: PageServerLoad = async (event) => {
  const officer = requireActor(event, 'counterOfficer');
  return { records: await orErrorPage(() => listReferred(event.locals.app, officer)) };
};
