import { fail, redirect } from '@sveltejs/kit';
import type { CaptionsFaultKind } from '#lib/domain/lectures/captions.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { parseForm } from '#lib/http/forms.ts';
import { requireActor } from '#lib/http/guards.ts';
import { attempt, orErrorPage, refusalStatus, viewRefusal } from '#lib/http/refusals.ts';
import { declaredLanguage, getChapter } from '#lib/server/lectures/get-edition.ts';
import { listVideos } from '#lib/server/videos/list-videos.ts';
import { moveQuestion, MoveQuestion } from '#lib/server/lectures/move-question.ts';
import { removeQuestion, RemoveQuestion } from '#lib/server/lectures/remove-question.ts';
import { saveDescriptions, SaveDescriptions } from '#lib/server/lectures/save-descriptions.ts';
import { saveChapter, SaveChapter } from '#lib/server/lectures/save-chapter.ts';
import type { Actions, PageServerLoad } from './$types.ts';
import { readChapterForm, readDescriptionsForm } from './read-chapter-form.ts';

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

/** What is wrong with the chosen file of captions, for the field: what stands in its text, the field finds itself. */
function fileFaultOf({ code, detail }: Refusal): CaptionsFaultKind | null {
  return code === 'captions_invalid' ? (detail['kind'] as CaptionsFaultKind) : null;
}

export const actions: Actions = {
  save: async (event) => {
    const administrator = requireActor(event, 'administrator');
    const { edition: editionId, chapter: chapterId } = event.params;
    let values: Awaited<ReturnType<typeof readChapterForm>>['values'] | null = null;
    try {
      const read = await readChapterForm(event.request);
      ({ values } = read);
      if (read.refusal) throw read.refusal;
      const parsed = SaveChapter.safeParse({ ...values, editionId, chapterId });
      if (!parsed.success)
        throw new Refusal('malformed', { field: parsed.error.issues[0]?.path.join('.') ?? '' });
      await saveChapter(event.locals.app, administrator, parsed.data);
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown;
      const fileFault = values?.captions == null ? fileFaultOf(thrown) : null;
      return fail(refusalStatus(thrown.code), { refusal: viewRefusal(thrown), values, fileFault });
    }
    redirect(303, `/admin/lectures/${editionId}/chapters/${chapterId}?language=${values.language}&saved`);
  },
  describe: (event) =>
    attempt(async () => {
      const administrator = requireActor(event, 'administrator');
      const { edition: editionId, chapter: chapterId } = event.params;
      const read = await readDescriptionsForm(event.request);
      const parsed = SaveDescriptions.safeParse({ ...read, editionId, chapterId });
      if (!parsed.success)
        throw new Refusal('malformed', { field: parsed.error.issues[0]?.path.join('.') ?? '' });
      await saveDescriptions(event.locals.app, administrator, parsed.data);
      return { done: parsed.data.descriptions === null ? ('undescribed' as const) : ('described' as const) };
    }),
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
