import { redirect } from '@sveltejs/kit';
import { parseForm } from '#lib/http/forms.ts';
import { requireActor } from '#lib/http/guards.ts';
import { attempt, orErrorPage } from '#lib/http/refusals.ts';
import { getEdition } from '#lib/server/lectures/get-edition.ts';
import { withdrawEdition, WithdrawEdition } from '#lib/server/lectures/withdraw-edition.ts';
import type { Actions, PageServerLoad } from './$types.ts';

export const load: PageServerLoad = async (event) => {
  const administrator = requireActor(event, 'administrator');
  const edition = await orErrorPage(() => getEdition(event.locals.app, administrator, event.params.edition));
  if (edition.state !== 'published') redirect(303, `/admin/lectures/${edition.id}`);
  return { edition };
};

export const actions: Actions = {
  default: (event) =>
    attempt(async () => {
      const administrator = requireActor(event, 'administrator');
      const input = await parseForm(event.request, WithdrawEdition);
      await withdrawEdition(event.locals.app, administrator, input);
      redirect(303, `/admin/lectures/${input.editionId}`);
    }),
};
