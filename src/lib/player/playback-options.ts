import type { LectureChapter } from './chapter.ts';
import type { ViewingLine } from './line.ts';

export interface PlaybackOptions {
  readonly chapter: LectureChapter;
  readonly line: ViewingLine;
  readonly onWatched: () => void;
}

/** A playhead that was held at the edge and has no data by then gets its loading begun anew. */
export const STUCK_MS = 1_500;
/** So near the end a playhead without data has shown its last picture. */
export const END_MS = 250;
