/** What becomes of a video between the last byte of its upload and a chapter that may use it. */
export const VIDEO_STATES = [
  'waiting',
  'inspecting',
  'transcoding',
  'packaging',
  'ready',
  'refused',
  'failed',
  'cancelled',
] as const;

export type VideoState = (typeof VIDEO_STATES)[number];

/**
 * Every move that there is. While it is worked on, a video may be taken up again from the beginning (`inspecting`), because
 * the worker before was killed, or put back (`waiting`), because it gave up in order. It may be stopped (`cancelled`) by an
 * administrator as long as it is not done; what failed or was stopped can be sent again. `ready` and `refused` are final.
 */
const MOVES: Readonly<Record<VideoState, readonly VideoState[]>> = {
  waiting: ['inspecting', 'failed', 'cancelled'],
  inspecting: ['inspecting', 'transcoding', 'waiting', 'refused', 'failed', 'cancelled'],
  transcoding: ['inspecting', 'packaging', 'waiting', 'refused', 'failed', 'cancelled'],
  packaging: ['inspecting', 'ready', 'waiting', 'refused', 'failed', 'cancelled'],
  ready: [],
  refused: [],
  failed: ['waiting'],
  cancelled: ['waiting'],
};

/** The states from which a video may come into `state`. */
export function statesBefore(state: VideoState): VideoState[] {
  return VIDEO_STATES.filter((from) => MOVES[from].includes(state));
}

/** Whether somebody is still going to work on it: the page that shows it should look again. */
export function isMoving(state: VideoState): boolean {
  return MOVING_STATES.includes(state);
}

export const MOVING_STATES: readonly VideoState[] = ['waiting', 'inspecting', 'transcoding', 'packaging'];

/** Whether an administrator may send it through the worker again without a new upload. */
export function canBeRetried(state: VideoState): boolean {
  return RETRIED_STATES.includes(state);
}

export const RETRIED_STATES: readonly VideoState[] = ['failed', 'cancelled'];
