import { redirect } from '@sveltejs/kit';
import { parseForm } from '#lib/http/forms.ts';
import { requireActor } from '#lib/http/guards.ts';
import { attempt, orErrorPage } from '#lib/http/refusals.ts';
import { addChapter, AddChapter } from '#lib/server/lectures/add-chapter.ts';
import { declareLanguages, DeclareLanguages } from '#lib/server/lectures/declare-languages.ts';
import { getEdition } from '#lib/server/lectures/get-edition.ts';
import { getHistory } from '#lib/server/lectures/get-history.ts';
import { moveChapter, MoveChapter } from '#lib/server/lectures/move-chapter.ts';
import { removeChapter, RemoveChapter } from '#lib/server/lectures/remove-chapter.ts';
import { reopenEdition, ReopenEdition } from '#lib/server/lectures/reopen-edition.ts';
import { unscheduleEdition, UnscheduleEdition } from '#lib/server/lectures/unschedule-edition.ts';
import type { Actions, PageServerLoad } from './$types.ts';

export const load: PageServerLoad = async (event) => {
  const administrator = requireActor(event, 'administrator');
  const { app } = event.locals;
  const edition = await orErrorPage(() => getEdition(app, administrator, event.params.edition));
  return {
    edition,
    history: await getHistory(app, administrator, edition.id),
    isJustPublished: event.url.searchParams.has('published'),
    isJustScheduled: event.url.searchParams.has('scheduled'),
    isJustTakenOver: event.url.searchParams.has('taken-over'),
  };
};

export const actions: Actions = {
  add: (event) =>
    attempt(async () => {
      const administrator = requireActor(event, 'administrator');
      const seen = await parseForm(event.request, AddChapter);
      const { chapterId } = await addChapter(event.locals.app, administrator, seen);
      redirect(303, `/admin/lectures/${seen.editionId}/chapters/${chapterId}`);
    }),
  move: (event) =>
    attempt(async () => {
      const administrator = requireActor(event, 'administrator');
      await moveChapter(event.locals.app, administrator, await parseForm(event.request, MoveChapter));
      return { done: 'moved' as const };
    }),
  remove: (event) =>
    attempt(async () => {
      const administrator = requireActor(event, 'administrator');
      await removeChapter(event.locals.app, administrator, await parseForm(event.request, RemoveChapter));
      return { done: 'removed' as const };
    }),
  reopen: (event) =>
    attempt(async () => {
      const administrator = requireActor(event, 'administrator');
      await reopenEdition(event.locals.app, administrator, await parseForm(event.request, ReopenEdition));
      return { done: 'reopened' as const };
    }),
  unschedule: (event) =>
    attempt(async () => {
      const administrator = requireActor(event, 'administrator');
      const seen = await parseForm(event.request, UnscheduleEdition);
      await unscheduleEdition(event.locals.app, administrator, seen);
      return { done: 'unscheduled' as const };
    }),
  languages: (event) =>
    attempt(async () => {
      const administrator = requireActor(event, 'administrator');
      const input = await parseForm(event.request, DeclareLanguages, ['languages']);
      await declareLanguages(event.locals.app, administrator, input);
      return { done: 'languages' as const };
    }),
};
