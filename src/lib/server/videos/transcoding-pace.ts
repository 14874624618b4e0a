/** How long the first estimate waits: ffmpeg reads ahead and fills its queues at first. */
const FIRST_ESTIMATE_MS = 3_000;
/** A look at the speed counts for e⁻¹ of the estimate after so long. */
const MEMORY_MS = 20_000;

export interface Pace {
  /** `done` from 0 to 1, `nowMs` of any steady clock. */
  note(done: number, nowMs: number): void;
  /** What is left, in milliseconds; null while nobody can say. */
  remainingMs(nowMs: number): number | null;
}

/** Estimates what is left of a transcoding from how fast it has been of late; steady, because people watch it. */
export function startPace(startMs: number): Pace {
  let last = { done: 0, atMs: startMs };
  let perMs: number | null = null;
  return {
    note(done, nowMs) {
      const elapsed = nowMs - last.atMs;
      if (elapsed <= 0 || done <= last.done) return;
      const seen = (done - last.done) / elapsed;
      const weight = perMs === null ? 1 : 1 - Math.exp(-elapsed / MEMORY_MS);
      perMs = (perMs ?? 0) + weight * (seen - (perMs ?? 0));
      last = { done, atMs: nowMs };
    },
    remainingMs(nowMs) {
      if (perMs === null || nowMs - startMs < FIRST_ESTIMATE_MS) return null;
      return Math.max(0, Math.round((1 - last.done) / perMs - (nowMs - last.atMs)));
    },
  };
}
