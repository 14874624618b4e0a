import type { App } from '../app.ts';
import { sweepViewings } from '../attendance/sweep-viewings.ts';
import { transcodeVideo } from '../lectures/transcode-video.ts';
import type { TaskName, Tasks } from './tasks.ts';

/** One try of a job. */
export interface Attempt {
  /** Aborted when the worker has to stop: the job is to give up soon, and is tried again later. */
  readonly signal: AbortSignal;
  readonly isLast: boolean;
}

type Handlers = { readonly [T in TaskName]: (app: App, payload: Tasks[T], attempt: Attempt) => Promise<unknown> };

export const handlers: Handlers = {
  transcodeVideo,
  sweepViewings,
};
