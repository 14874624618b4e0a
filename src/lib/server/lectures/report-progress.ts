import type { App } from '../app.ts';
import { updateProgress, type Taken } from './video.queries.ts';

const EVERY_MS = 1_000;

export interface ProgressReporter {
  /** `done` from 0 to 1. Written at most once a second, and only when the percent has changed. */
  readonly report: (done: number) => void;
  /** When the last write has ended. */
  settled(): Promise<void>;
}

/** Lets the page that waits see how far the transcoding of a video is. A write that fails is logged, and costs nothing. */
export function reportProgress(app: App, video: Taken): ProgressReporter {
  let writtenPercent = 0;
  let writtenAt = -Infinity;
  let writing = Promise.resolve();
  return {
    report(done) {
      const percent = Math.floor(done * 100);
      const now = performance.now();
      if (percent <= writtenPercent || now - writtenAt < EVERY_MS) return;
      [writtenPercent, writtenAt] = [percent, now];
      writing = updateProgress(app.db, video, percent).then(
        () => undefined,
        (fault: unknown) => app.log.warn({ err: fault, videoId: video.id }, 'progress could not be written'),
      );
    },
    settled: () => writing,
  };
}
