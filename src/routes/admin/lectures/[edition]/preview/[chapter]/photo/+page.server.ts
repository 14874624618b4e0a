import { loadChapter } from '../load-chapter.ts';
import type { PageServerLoad } from './$types.ts';

export const load: PageServerLoad = async (event) => {
  const { edition, chapter, next } = await loadChapter(event);
  return { edition, chapter, nextChapterId: next?.id ?? null };
};
