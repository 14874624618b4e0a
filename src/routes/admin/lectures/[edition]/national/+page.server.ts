import { redirect } from '@sveltejs/kit';
import { parseForm } from '#lib/http/forms.ts';
import { requireActor } from '#lib/http/guards.ts';
import { attempt, orErrorPage } from '#lib/http/refusals.ts';
import { listNationalChapters } from '#lib/server/lectures/list-national-chapters.ts';
import { takeOverChapter, TakeOverChapter } from '#lib/server/lectures/take-over-chapter.ts';
import type { Actions, PageServerLoad } from './$types.ts';

export const load: PageServerLoad = async (event) => {
  const administrator = requireActor(event, 'administrator');
  const { app } = event.locals;
  const { edition, lectures } = await orErrorPage(() =>
    listNationalChapters(app, administrator, event.params.edition),
  );
  if (edition.state !== 'draft') redirect(303, `/admin/lectures/${edition.id}`);
  return { edition, lectures };
};

export const actions: Actions = {
  default: (event) =>
    attempt(async () => {
      const administrator = requireActor(event, 'administrator');
      const input = await parseForm(event.request, TakeOverChapter);
      const { chapterId } = await takeOverChapter(event.locals.app, administrator, input);
      redirect(303, `/admin/lectures/${input.editionId}?taken-over#chapter-${chapterId}`);
    }),
};
