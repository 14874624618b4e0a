import { redirect } from '@sveltejs/kit';
import { parseForm } from '#lib/http/forms.ts';
import { requireActor } from '#lib/http/guards.ts';
import { attempt } from '#lib/http/refusals.ts';
import { createLecture, CreateLecture } from '#lib/server/lectures/create-lecture.ts';
import type { Actions, PageServerLoad } from './$types.ts';

export const load: PageServerLoad = (event) => {
  requireActor(event, 'administrator');
};

export const actions: Actions = {
  default: (event) =>
    attempt(async () => {
      const administrator = requireActor(event, 'administrator');
      await createLecture(event.locals.app, administrator, await parseForm(event.request, CreateLecture));
      redirect(303, '/admin/lectures');
    }),
};
