/** When each slide of a chapter is shown. Times are milliseconds from the chapter's beginning. */
import type { ChapterScript, Slide, Words } from './lecture-script.ts';

export const CROSS_FADE_MS = 600;
const LONG_DWELL_MS = 20_000;

export interface Showing {
  /** `undefined` is the chapter's title. */
  readonly slide: Slide | undefined;
  readonly index: number;
  readonly isReview: boolean;
  readonly narration: readonly Words[];
  readonly startMs: number;
  readonly endMs: number;
}

const lengthOf = (narration: readonly Words[]): number =>
  narration.reduce((sum, words) => sum + words.ja.length, 0);

/**
 * A short chapter shows each slide once, for as long as its words need; a long one shows all its slides, each about
 * twenty seconds, round after round until the time is filled. The last ends exactly at `durationMs`.
 */
export function planShowings(chapter: ChapterScript, durationMs: number, full: boolean): Showing[] {
  const deck = full ? [...chapter.slides, ...chapter.furtherSlides] : chapter.slides;
  const round = deck.map((slide, index) => ({ slide, index: index + 1, narration: slide.narration }));
  const rounds = full ? Math.max(1, Math.round(durationMs / LONG_DWELL_MS / round.length)) : 1;
  const queue = [
    { slide: undefined, index: 0, isReview: false, narration: chapter.opening },
    ...Array.from({ length: rounds }, (_, turn) =>
      round.map((shown) => ({ ...shown, isReview: turn > 0 })),
    ).flat(),
  ];
  const weights = queue.map((shown) => (full ? 40 : lengthOf(shown.narration) + 6));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let before = 0;
  return queue.map((shown, index) => {
    const startMs = frameTime((before / total) * durationMs);
    before += weights[index] ?? 0;
    return { ...shown, startMs, endMs: frameTime((before / total) * durationMs) };
  });
}

/** Rounds to whole frames at 30 a second, kept in milliseconds. */
function frameTime(ms: number): number {
  return (Math.round((ms * 30) / 1000) * 1000) / 30;
}
