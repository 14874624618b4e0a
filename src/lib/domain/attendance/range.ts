/** A stretch of media, half open, in milliseconds. */
export interface MediaInterval {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Whether the intervals together leave no gap between 0 and `durationMs`. */
export function coversFromZero(intervals: readonly MediaInterval[], durationMs: number): boolean {
  let reachedMs = 0;
  for (const { fromMs, toMs } of intervals.toSorted((a, b) => a.fromMs - b.fromMs)) {
    if (fromMs > reachedMs) break;
    reachedMs = Math.max(reachedMs, toMs);
  }
  return reachedMs >= durationMs;
}

/** How many milliseconds of media the intervals cover; what two of them share is counted once. */
export function unionLengthMs(intervals: readonly MediaInterval[]): number {
  let total = 0;
  let reachedMs = 0;
  for (const { fromMs, toMs } of intervals.toSorted((a, b) => a.fromMs - b.fromMs)) {
    total += Math.max(0, toMs - Math.max(fromMs, reachedMs));
    reachedMs = Math.max(reachedMs, toMs);
  }
  return total;
}

/**
 * Where a seek may land: anywhere back, and forward to the furthest point that is credited or was just played here and is
 * still to be reported. A target that is no number lands at 0.
 */
export function clampSeek(targetMs: number, creditedMs: number, furthestMs: number): number {
  if (Number.isNaN(targetMs)) return 0;
  return Math.max(0, Math.min(targetMs, Math.max(creditedMs, furthestMs)));
}

/** What is left of `from` without `what`: none, one or two intervals. */
export function subtract(from: MediaInterval, what: MediaInterval): MediaInterval[] {
  return [
    { fromMs: from.fromMs, toMs: Math.min(from.toMs, what.fromMs) },
    { fromMs: Math.max(from.fromMs, what.toMs), toMs: from.toMs },
  ].filter(({ fromMs, toMs }) => toMs > fromMs);
}
