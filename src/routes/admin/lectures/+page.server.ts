import { redirect } from '@sveltejs/kit';
import { parseForm } from '#lib/http/forms.ts';
import { requireActor } from '#lib/http/guards.ts';
import { attempt } from '#lib/http/refusals.ts';
import { createEdition, CreateEdition } from '#lib/server/lectures/create-edition.ts';
import { listEditions, ListEditions } from '#lib/server/lectures/list-editions.ts';
import type { Actions, PageServerLoad } from './$types.ts';

export const load: PageServerLoad = async (event) => {
  const administrator = requireActor(event, 'administrator');
  const filter = ListEditions.parse(
    Object.fromEntries(
      ['commission', 'lectureClass', 'language', 'state'].map((name) => [
        name,
        event.url.searchParams.get(name),
      ]),
    ),
  );
  return { filter, ...(await listEditions(event.locals.app, administrator, filter)) };
};

export const actions: Actions = {
  default: (event) =>
    attempt(async () => {
      const administrator = requireActor(event, 'administrator');
      const input = await parseForm(event.request, CreateEdition);
      const editionId = await createEdition(event.locals.app, administrator, input);
      redirect(303, `/admin/lectures/${editionId}`);
    }),
};
