import type { OnlineLectureClass } from '../renewal/lecture-class.ts';
import { EDITION_STATES, type EditionState } from './edition-states.ts';
import type { LanguageCode } from './languages.ts';

/** What a list of editions can be narrowed to; null: all. */
export interface EditionFilter {
  readonly lectureClass: OnlineLectureClass | null;
  readonly language: LanguageCode | null;
  readonly state: EditionState | null;
}

interface Listed {
  readonly lectureClass: OnlineLectureClass;
  readonly editions: readonly { readonly state: EditionState; readonly languages: readonly LanguageCode[] }[];
}

export type StateCounts = Readonly<Record<EditionState, number>>;

/**
 * The lectures with those of their editions that the filter leaves, and how many editions there are of each state under the rest of the
 * filter. A lecture without editions is there as long as nothing is asked of them.
 */
export function filterEditions<L extends Listed>(
  lectures: readonly L[],
  { lectureClass, language, state }: EditionFilter,
): { readonly lectures: L[]; readonly counts: StateCounts } {
  const ofClass = lectures
    .filter((lecture) => lectureClass === null || lecture.lectureClass === lectureClass)
    .map((lecture) => ({
      ...lecture,
      editions: lecture.editions.filter(({ languages }) => language === null || languages.includes(language)),
    }));
  const all = ofClass.flatMap(({ editions }) => editions);
  const counts = Object.fromEntries(
    EDITION_STATES.map((each) => [each, all.filter((edition) => edition.state === each).length]),
  ) as Record<EditionState, number>;
  const isNarrowed = language !== null || state !== null;
  const left = ofClass
    .map((lecture) => ({
      ...lecture,
      editions: lecture.editions.filter((edition) => state === null || edition.state === state),
    }))
    .filter(({ editions }) => !isNarrowed || editions.length > 0);
  return { lectures: left, counts };
}
