import { ONLINE_LECTURE_MINUTES, type OnlineLectureClass } from '#lib/domain/renewal/lecture-class.ts';
import type { EditionState } from '#lib/domain/lectures/edition-states.ts';

export interface Overview {
  readonly importCount: number;
  readonly videos: readonly { readonly state: string; readonly isMoving: boolean }[];
  readonly lectures: readonly {
    readonly lectureClass: OnlineLectureClass;
    readonly editions: readonly { readonly id: string; readonly state: EditionState }[];
  }[];
}

export interface Preparation {
  readonly step: 'register' | 'videos' | 'lecture' | 'edition' | 'publish';
  readonly isDone: boolean;
  readonly href: string;
}

const CLASSES = Object.keys(ONLINE_LECTURE_MINUTES);

/** What has to be there before learners can come, in order; the first that is not done is what to do next. */
export function listPreparations({ importCount, videos, lectures }: Overview): Preparation[] {
  const editions = lectures.flatMap((lecture) => lecture.editions);
  const unpublished = editions.find(({ state }) => state === 'draft' || state === 'ready');
  const published = new Set(
    lectures
      .filter((lecture) => lecture.editions.some(({ state }) => state === 'published'))
      .map(({ lectureClass }) => lectureClass),
  );
  return [
    { step: 'register', isDone: importCount > 0, href: '/admin/register' },
    { step: 'videos', isDone: videos.some(({ state }) => state === 'ready'), href: '/admin/videos' },
    { step: 'lecture', isDone: lectures.length > 0, href: '/admin/lectures/new' },
    { step: 'edition', isDone: editions.length > 0, href: '/admin/lectures' },
    {
      step: 'publish',
      isDone: published.size === CLASSES.length,
      href: unpublished ? `/admin/lectures/${unpublished.id}` : '/admin/lectures',
    },
  ];
}
