/**
 * How many segments, counted from the first, have a key that may be handed out: those that start before `releasedMs`.
 * `segmentStartsMs` is ascending from 0. Nothing released is nothing; the rest of a segment that has begun goes with it.
 */
export function releasedSegmentCount(segmentStartsMs: readonly number[], releasedMs: number): number {
  let low = 0;
  let high = segmentStartsMs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const start = segmentStartsMs[middle];
    if (start !== undefined && start < releasedMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
