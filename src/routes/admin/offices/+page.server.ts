import { parseForm } from '#lib/http/forms.ts';
import { requireActor } from '#lib/http/guards.ts';
import { attempt } from '#lib/http/refusals.ts';
import { listOwnOffices, saveOffice, SaveOffice } from '#lib/server/officers/save-office.ts';
import type { Actions, PageServerLoad } from './$types.ts';

export const load: PageServerLoad = async (event) => {
  const administrator = requireActor(event, 'administrator');
  return { offices: await listOwnOffices(event.locals.app, administrator) };
};

export const actions: Actions = {
  default: (event) =>
    attempt(async () => {
      const administrator = requireActor(event, 'administrator');
      await saveOffice(event.locals.app, administrator, await parseForm(event.request, SaveOffice));
      return { isSaved: true as const };
    }),
};
