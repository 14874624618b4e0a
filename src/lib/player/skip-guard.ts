import { clampSeek } from '#lib/domain/attendance/range.ts';
import { HOP_MS } from './run-tracker.ts';

/** As much of a video element as the guard touches. */
export type GuardedVideo = Pick<
  HTMLVideoElement,
  'currentTime' | 'playbackRate' | 'addEventListener' | 'removeEventListener'
>;

interface Options {
  /** What may be seen, in milliseconds. */
  readonly limits: () => { creditedMs: number; furthestMs: number };
  readonly seekHeld: () => void;
  readonly rateHeld: () => void;
}

/**
 * Courtesy, not security: keeps the playhead out of what has not been watched, where it would wait for keys that do not
 * come, and the speed at 1.0 or slower. Add it before hls.js listens to the same element, so that hls.js only ever sees the
 * held position. Returns how to take it off.
 */
export function guardAgainstSkipping(
  video: GuardedVideo,
  { limits, seekHeld, rateHeld }: Options,
): () => void {
  const holdSeek = () => {
    const { creditedMs, furthestMs } = limits();
    const targetMs = video.currentTime * 1_000;
    const allowedMs = clampSeek(targetMs, creditedMs, furthestMs);
    // A decoder's own hop over a hole in the buffer must not be undone, or it would never get across.
    if (targetMs - allowedMs <= HOP_MS) return;
    video.currentTime = allowedMs / 1_000;
    seekHeld();
  };
  const holdRate = () => {
    if (video.playbackRate <= 1) return;
    video.playbackRate = 1;
    rateHeld();
  };
  video.addEventListener('seeking', holdSeek);
  video.addEventListener('ratechange', holdRate);
  return () => {
    video.removeEventListener('seeking', holdSeek);
    video.removeEventListener('ratechange', holdRate);
  };
}
