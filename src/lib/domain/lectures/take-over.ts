import type { RefusalCode } from '../refusal.ts';
import { MAX_CHAPTERS } from './edition.ts';

interface Draft {
  /** Of the national authority itself, which writes its chapters and takes over none. */
  readonly isNational: boolean;
  readonly chapters: readonly { readonly originChapterId: string | null }[];
}

/**
 * Why a published national chapter cannot be taken over into a draft; null when it can. At most once: seen twice, its minutes would count twice for the
 * minutes of the law (施行規則38条11項1号の表).
 */
export function findTakeOverFault(
  { isNational, chapters }: Draft,
  originChapterId: string,
): Extract<RefusalCode, 'not_allowed' | 'chapter_there_already' | 'malformed'> | null {
  if (isNational) return 'not_allowed';
  if (chapters.some((chapter) => chapter.originChapterId === originChapterId)) return 'chapter_there_already';
  return chapters.length >= MAX_CHAPTERS ? 'malformed' : null;
}
