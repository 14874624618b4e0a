import { redirect } from '@sveltejs/kit';
import { addDays, tokyoDate } from '#lib/domain/renewal/calendar.ts';
import { parseForm } from '#lib/http/forms.ts';
import { requireActor } from '#lib/http/guards.ts';
import { attempt, orErrorPage } from '#lib/http/refusals.ts';
import { finishEdition, FinishEdition } from '#lib/server/lectures/finish-edition.ts';
import { getEdition } from '#lib/server/lectures/get-edition.ts';
import { listLectures } from '#lib/server/lectures/list-lectures.ts';
import { publishEdition, PublishEdition } from '#lib/server/lectures/publish-edition.ts';
import { scheduleEdition, ScheduleEdition } from '#lib/server/lectures/schedule-edition.ts';
import { listOfficers } from '#lib/server/officers/list-officers.ts';
import type { Actions, PageServerLoad } from './$types.ts';

export const load: PageServerLoad = async (event) => {
  const administrator = requireActor(event, 'administrator');
  const { app } = event.locals;
  const edition = await orErrorPage(() => getEdition(app, administrator, event.params.edition));
  const lecture = (await listLectures(app, administrator)).find(({ id }) => id === edition.lectureId);
  const published = lecture?.editions.find(({ state }) => state === 'published');
  const tomorrow = addDays(tokyoDate(app.clock.now()), 1);
  const officers = await listOfficers(app, administrator);
  const isAlone = !officers.some(
    ({ role, state, isOneself }) => role === 'administrator' && state !== 'disabled' && !isOneself,
  );
  return { edition, publishedNumber: published?.number ?? null, tomorrow, isAlone };
};

export const actions: Actions = {
  finish: (event) =>
    attempt(async () => {
      const administrator = requireActor(event, 'administrator');
      await finishEdition(event.locals.app, administrator, await parseForm(event.request, FinishEdition));
      redirect(303, `/admin/lectures/${event.params.edition}/publish?finished`);
    }),
  publish: (event) =>
    attempt(async () => {
      const administrator = requireActor(event, 'administrator');
      await publishEdition(event.locals.app, administrator, await parseForm(event.request, PublishEdition));
      redirect(303, `/admin/lectures/${event.params.edition}?published`);
    }),
  schedule: (event) =>
    attempt(async () => {
      const administrator = requireActor(event, 'administrator');
      const input = await parseForm(event.request, ScheduleEdition);
      await scheduleEdition(event.locals.app, administrator, input);
      redirect(303, `/admin/lectures/${event.params.edition}?scheduled`);
    }),
};
