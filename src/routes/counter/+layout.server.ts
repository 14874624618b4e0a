import { requireActor } from '#lib/http/guards.ts';
import { countReferredFor } from '#lib/server/records/list-referred.ts';
import type { LayoutServerLoad } from './$types.ts';

export const load: LayoutServerLoad = async (event) => {
  const officer = requireActor(event, 'counterOfficer');
  return {
    isSupervisor: officer.isSupervisor,
    /** How many records wait for this officer as a supervisor. */
    referredCount: await countReferredFor(event.locals.app, officer),
  };
};
