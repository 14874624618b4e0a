import { fail, redirect } from '@sveltejs/kit';
import type { CaptionsFaultKind } from '#lib/domain/lectures/captions.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { requireActor } from '#lib/http/guards.ts';
import { orErrorPage, refusalStatus, viewRefusal } from '#lib/http/refusals.ts';
import { getChapter } from '#lib/server/lectures/get-edition.ts';
import { listVideos } from '#lib/server/lectures/list-videos.ts';
import { saveChapter, SaveChapter } from '#lib/server/lectures/save-chapter.ts';
import type { Actions, PageServerLoad } from './$types.ts';
import { readChapterForm } from './read-chapter-form.ts';

export const load: PageServerLoad = async (event) => {
  const administrator = requireActor(event, 'administrator');
  const { app } = event.locals;
  const { edition, chapter } = await orErrorPage(() =>
    getChapter(app, administrator, event.params.edition, event.params.chapter),
  );
  // What is published is shown on the edition's page; nothing here can be saved.
  if (edition.state !== 'draft') redirect(303, `/admin/lectures/${edition.id}`);
  const videos = (await listVideos(app, administrator)).flatMap(({ id, title, state, durationMs }) =>
    state === 'ready' && durationMs !== null ? [{ id, title, durationMs }] : [],
  );
  return { edition, chapter, videos };
};

/** Where in the captions the fault is, for the field that they are in. */
function captionsFaultOf({ code, detail }: Refusal) {
  if (code !== 'captions_invalid') return null;
  return {
    language: detail['language'],
    line: Number(detail['line']),
    kind: detail['kind'] as CaptionsFaultKind,
  };
}

export const actions: Actions = {
  default: async (event) => {
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
    redirect(303, `/admin/lectures/${editionId}?saved#chapter-${chapterId}`);
  },
};
