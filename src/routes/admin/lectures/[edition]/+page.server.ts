import { redirect } from '@sveltejs/kit';
import { parseForm } from '#lib/http/forms.ts';
import { requireActor } from '#lib/http/guards.ts';
import { attempt, orErrorPage } from '#lib/http/refusals.ts';
import { getEdition } from '#lib/server/lectures/get-edition.ts';
import { SeenDraft } from '#lib/server/lectures/lock-draft.ts';
import { moveChapter, MoveChapter } from '#lib/server/lectures/move-chapter.ts';
import { removeChapter, RemoveChapter } from '#lib/server/lectures/remove-chapter.ts';
import { saveChapter } from '#lib/server/lectures/save-chapter.ts';
import type { Actions, PageServerLoad } from './$types.ts';

const BLANK = { titleJa: '', titleEn: '', videoId: null, captionsJa: null, captionsEn: null, question: null };

export const load: PageServerLoad = async (event) => {
  const administrator = requireActor(event, 'administrator');
  return {
    edition: await orErrorPage(() => getEdition(event.locals.app, administrator, event.params.edition)),
    isJustPublished: event.url.searchParams.has('published'),
    isJustSaved: event.url.searchParams.has('saved'),
  };
};

export const actions: Actions = {
  add: (event) =>
    attempt(async () => {
      const administrator = requireActor(event, 'administrator');
      const seen = await parseForm(event.request, SeenDraft);
      const chapter = { ...seen, ...BLANK, chapterId: null };
      const { chapterId } = await saveChapter(event.locals.app, administrator, chapter);
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
};
