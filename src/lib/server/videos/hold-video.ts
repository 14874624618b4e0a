import type { App } from '../app.ts';
import { startPace } from './transcoding-pace.ts';
import { updateProgress, type Taken } from './video-work.queries.ts';

const EVERY_MS = 1_000;

/** This try is over: another worker has taken the video up since, or an administrator has stopped it. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

export interface HeldVideo {
  /** Aborted with the job, and as soon as it is known that the try is over (then its reason is `Overtaken`). */
  readonly signal: AbortSignal;
  /** How far the transcoding is, from 0 to 1. */
  report(done: number): void;
  /** When nothing is written any more. */
  release(): Promise<void>;
}

/**
 * While a video is worked on: tells the page that waits how far it is, and asks at the same time, every second, whether this try
 * still counts. A question cannot be missed, as a message could on a connection that was lost. One that fails is logged and asked
 * again; a worker whose database is gone for good ends by itself (run-jobs.ts).
 */
export function holdVideo(app: App, video: Taken, job: AbortSignal): HeldVideo {
  const over = new AbortController();
  let pace = startPace(performance.now());
  let done = 0;
  let asking = Promise.resolve();

  async function ask(): Promise<void> {
    try {
      const remainingMs = pace.remainingMs(performance.now());
      const counts = await updateProgress(app.db, video, { percent: Math.floor(done * 100), remainingMs });
      if (!counts) over.abort(new Overtaken());
    } catch (fault) {
      app.log.warn({ err: fault, videoId: video.id }, 'progress could not be written');
    }
  }

  let isAsking = false;
  const timer = setInterval(() => {
    if (isAsking) return;
    isAsking = true;
    asking = ask().finally(() => (isAsking = false));
  }, EVERY_MS);

  return {
    signal: AbortSignal.any([job, over.signal]),
    report(reached) {
      const now = performance.now();
      if (done === 0) pace = startPace(now);
      done = Math.max(done, reached);
      pace.note(done, now);
    },
    async release() {
      clearInterval(timer);
      await asking;
    },
  };
}
