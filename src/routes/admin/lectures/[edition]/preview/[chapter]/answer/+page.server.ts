import { redirect } from '@sveltejs/kit';
import { Refusal } from '#lib/domain/refusal.ts';
import { getPreviewAnswer } from '#lib/server/lectures/preview-question.ts';
import { previewAddress } from '../../preview-address.ts';
import { loadChapter } from '../load-chapter.ts';
import type { PageServerLoad } from './$types.ts';

export const load: PageServerLoad = async (event) => {
  const { administrator, ids, edition, chapter } = await loadChapter(event);
  const asked = { ...ids, questionId: event.url.searchParams.get('question') ?? '' };
  try {
    const question = await getPreviewAnswer(event.locals.app, administrator, asked, edition.language);
    return { edition, chapter, question };
  } catch (thrown) {
    // Not answered yet, or written anew since.
    if (thrown instanceof Refusal) redirect(303, previewAddress(edition, chapter.id, 'question'));
    throw thrown;
  }
};
