import type { Run } from './credit.ts';
import { coversFromZero } from './range.ts';

export interface ChapterLedger {
  readonly chapterId: string;
  readonly durationMs: number;
  /** What the heartbeats' frontier says. */
  readonly creditedMs: number;
  /** What the ledger's closed runs say. */
  readonly runs: readonly Run[];
}

/** Milliseconds for which at least one of the runs was open. */
function wallMs(runs: readonly Run[]): number {
  let total = 0;
  let end = -Infinity;
  for (const run of runs.toSorted((a, b) => a.startedAt - b.startedAt)) {
    total += Math.max(0, run.endedAt - Math.max(run.startedAt, end));
    end = Math.max(end, run.endedAt);
  }
  return total;
}

/**
 * The second way to the same number: from the ledger alone, every chapter is covered from 0 to its end, and the wall clock
 * of its runs — overlaps counted once, over the whole attendance — is no shorter than the media. Returns the chapters (or
 * `'wall'`) that do not agree with the frontier; empty means that the lecture may be completed.
 */
export function findDisagreements(chapters: readonly ChapterLedger[]): string[] {
  const faulty = chapters
    .filter(
      ({ creditedMs, durationMs, runs }) => creditedMs !== durationMs || !coversFromZero(runs, durationMs),
    )
    .map((chapter) => chapter.chapterId);
  const mediaMs = chapters.reduce((sum, chapter) => sum + chapter.durationMs, 0);
  return wallMs(chapters.flatMap((chapter) => chapter.runs)) < mediaMs ? [...faulty, 'wall'] : faulty;
}
