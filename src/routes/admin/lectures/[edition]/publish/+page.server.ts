import { redirect } from '@sveltejs/kit';
import { parseForm } from '#lib/http/forms.ts';
import { requireActor } from '#lib/http/guards.ts';
import { attempt, orErrorPage } from '#lib/http/refusals.ts';
import { getEdition } from '#lib/server/lectures/get-edition.ts';
import { listLectures } from '#lib/server/lectures/list-lectures.ts';
import { publishEdition, PublishEdition } from '#lib/server/lectures/publish-edition.ts';
import type { Actions, PageServerLoad } from './$types.ts';

export const load: PageServerLoad = async (event) => {
  const administrator = requireActor(event, 'administrator');
  const { app } = event.locals;
  const edition = await orErrorPage(() => getEdition(app, administrator, event.params.edition));
  const lecture = (await listLectures(app, administrator)).find(({ id }) => id === edition.lectureId);
  const published = lecture?.editions.find(({ state }) => state === 'published');
  return { edition, publishedNumber: published?.number ?? null };
};

export const actions: Actions = {
  default: (event) =>
    attempt(async () => {
      const administrator = requireActor(event, 'administrator');
      const seen = await parseForm(event.request, PublishEdition);
      await publishEdition(event.locals.app, administrator, seen);
      redirect(303, `/admin/lectures/${seen.editionId}?published`);
    }),
};
