import type { RequestEvent } from '@sveltejs/kit';
import { requireActor } from '#lib/http/guards.ts';
import { orErrorPage } from '#lib/http/refusals.ts';
import { getPreviewedChapter } from '#lib/server/lectures/get-preview.ts';

/** The chapter that a page of the preview is about, in the language of its address. */
export async function loadChapter(
  event: Pick<RequestEvent, 'locals' | 'url' | 'cookies'> & { params: { edition: string; chapter: string } },
) {
  const administrator = requireActor(event, 'administrator');
  const ids = { editionId: event.params.edition, chapterId: event.params.chapter };
  const wanted = event.url.searchParams.get('language');
  const found = await orErrorPage(() => getPreviewedChapter(event.locals.app, administrator, ids, wanted));
  return { administrator, ids, ...found };
}
