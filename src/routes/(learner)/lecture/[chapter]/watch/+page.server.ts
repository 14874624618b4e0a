import { loadStep } from '../chapter-page.ts';
import type { PageServerLoad } from './$types.ts';

export const load: PageServerLoad = async (event) => {
  const { lecture, chapter } = await loadStep(event, 'watch');
  return { chapter, chapterCount: lecture.chapters.length };
};
