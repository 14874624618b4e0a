import type { LectureChapter } from './chapter.ts';
import type { ViewingLine } from './line.ts';

export interface PlaybackOptions {
  readonly chapter: LectureChapter;
  readonly line: ViewingLine;
  readonly onWatched: () => void;
  /** Up to where the playhead may be moved, in milliseconds, when that is not what has been watched. */
  readonly limits?: { readonly creditedMs: number; readonly furthestMs: number };
}

/** So near the end a playhead without data has shown its last picture. */
export const END_MS = 250;
