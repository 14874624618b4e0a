import { parseForm } from '#lib/http/forms.ts';
import { requireActor } from '#lib/http/guards.ts';
import { attempt } from '#lib/http/refusals.ts';
import { addOfficer, AddOfficer } from '#lib/server/officers/add-officer.ts';
import { listOffices } from '#lib/server/officers/list-officers.ts';
import type { Actions, PageServerLoad } from './$types.ts';

export const load: PageServerLoad = async (event) => {
  const administrator = requireActor(event, 'administrator');
  return { offices: await listOffices(event.locals.app, administrator) };
};

export const actions: Actions = {
  default: (event) =>
    attempt(async () => {
      const administrator = requireActor(event, 'administrator');
      const input = await parseForm(event.request, AddOfficer);
      return { invitation: await addOfficer(event.locals.app, administrator, input) };
    }),
};
