import { parseForm } from '#lib/http/forms.ts';
import { requireActor } from '#lib/http/guards.ts';
import { attempt } from '#lib/http/refusals.ts';
import { getPresence, setPresence, SetPresence } from '#lib/server/attendance/set-presence.ts';
import type { Actions, PageServerLoad } from './$types.ts';

export const load: PageServerLoad = async (event) => {
  const administrator = requireActor(event, 'administrator');
  return { settings: await getPresence(event.locals.app, administrator) };
};

export const actions: Actions = {
  default: (event) =>
    attempt(async () => {
      const administrator = requireActor(event, 'administrator');
      await setPresence(event.locals.app, administrator, await parseForm(event.request, SetPresence));
      return { isSaved: true };
    }),
};
