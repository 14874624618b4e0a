import { fail, redirect } from '@sveltejs/kit';
import type { CaptionsFaultKind } from '#lib/domain/lectures/captions.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { parseForm } from '#lib/http/forms.ts';
import { requireActor } from '#lib/http/guards.ts';
import { attempt, orErrorPage, refusalStatus, viewRefusal } from '#lib/http/refusals.ts';
import { declaredLanguage, getChapter } from '#lib/server/lectures/get-edition.ts';
import { listVideos } from '#lib/server/lectures/list-videos.ts';
import { moveQuestion, MoveQuestion } from '#lib/server/lectures/move-question.ts';
import { removeQuestion, RemoveQuestion } from '#lib/server/lectures/remove-question.ts';
import { saveChapter, SaveChapter } from '#lib/server/lectures/save-chapter.ts';
import type { Actions, PageServerLoad } from './$types.ts';
import { readChapterForm } from './read-chapter-form.ts';

export const load: PageServerLoad = async (event) => {
  const administrator = requireActor(event, 'administrator');
  const { app } = event.locals;
  const { edition, chapter } = await orErrorPage(() =>
    getChapter(app, administrator, event.params.edition, event.params.chapter),
  );
  // What is published or was taken over is shown on the edition's page; nothing here can be saved.
  if (edition.state !== 'draft' || chapter.originChapterId !== null)
    redirect(303, `/admin/lectures/${edition.id}`);
  const videos = (await listVideos(app, administrator)).flatMap(({ id, title, state, durationMs }) =>
    state === 'ready' && durationMs !== null ? [{ id, title, durationMs }] : [],
  );
  const { searchParams } = event.url;
  return {
    edition,
    chapter,
    videos,
    language: declaredLanguage(edition, searchParams.get('language')),
    isJustSaved: searchParams.has('saved'),
  };
};

/** Where in the captions the fault is, for the field that they are in. */
function captionsFaultOf({ code, detail }: Refusal) {
  if (code !== 'captions_invalid') return null;
  return { line: Number(detail['line']), kind: detail['kind'] as CaptionsFaultKind };
}

export const actions: Actions = {
  save: async (event) => {
    const administrator = requireActor(event, 'administrator');
    const { edition: editionId, chapter: chapterId } = event.params;
    let values: Awaited<ReturnType<typeof readChapterForm>> | null = null;
    try {
      values = await readChapterForm(event.request);
      const parsed = SaveChapter.safeParse({ ...values, editionId, chapterId });
      if (!parsed.success)
        throw new Refusal('malformed', { field: parsed.error.issues[0]?.path.join('.') ?? '' });
      await saveChapter(event.locals.app, administrator, parsed.data);
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown;
      const captionsFault = captionsFaultOf(thrown);
      return fail(refusalStatus(thrown.code), { refusal: viewRefusal(thrown), values, captionsFault });
    }
    redirect(303, `/admin/lectures/${editionId}/chapters/${chapterId}?language=${values.language}&saved`);
  },
  move: (event) =>
    attempt(async () => {
      const administrator = requireActor(event, 'administrator');
      await moveQuestion(event.locals.app, administrator, await parseForm(event.request, MoveQuestion));
      return { done: 'moved' as const };
    }),
  remove: (event) =>
    attempt(async () => {
      const administrator = requireActor(event, 'administrator');
      await removeQuestion(event.locals.app, administrator, await parseForm(event.request, RemoveQuestion));
      return { done: 'removed' as const };
    }),
};
