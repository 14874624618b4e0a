import { parseForm } from '#lib/http/forms.ts';
import { requireActor } from '#lib/http/guards.ts';
import { attempt, orErrorPage } from '#lib/http/refusals.ts';
import { getOwnContact } from '#lib/server/register/get-contact.ts';
import { saveContact, SaveContact } from '#lib/server/register/save-contact.ts';
import type { Actions, PageServerLoad } from './$types.ts';

export const load: PageServerLoad = async (event) => {
  const administrator = requireActor(event, 'administrator');
  return { own: await orErrorPage(() => getOwnContact(event.locals.app, administrator)) };
};

export const actions: Actions = {
  default: (event) =>
    attempt(async () => {
      const administrator = requireActor(event, 'administrator');
      await saveContact(event.locals.app, administrator, await parseForm(event.request, SaveContact));
      return { isSaved: true as const };
    }),
};
