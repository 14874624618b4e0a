import { parseForm } from '#lib/http/forms.ts';
import { requireActor } from '#lib/http/guards.ts';
import { attempt, orErrorPage } from '#lib/http/refusals.ts';
import { listConflicts, resolveConflict, ResolveConflict } from '#lib/server/records/offline-conflicts.ts';
import type { Actions, PageServerLoad } from './$types.ts';

export const load: PageServerLoad = async (event) => {
  const officer = requireActor(event, 'counterOfficer');
  return { conflicts: await orErrorPage(async () => listConflicts(event.locals.app, officer)) };
};

export const actions: Actions = {
  default: (event) =>
    attempt(async () => {
      const officer = requireActor(event, 'counterOfficer');
      await resolveConflict(event.locals.app, officer, await parseForm(event.request, ResolveConflict));
      return {};
    }),
};
