/** What becomes of a video between the last byte of its upload and a chapter that may use it. */
export const VIDEO_STATES = [
  'waiting',
  'inspecting',
  'transcoding',
  'packaging',
  'ready',
  'refused',
  'failed',
] as const;

export type VideoState = (typeof VIDEO_STATES)[number];

/**
 * Every move that there is. While it is worked on, a video may be taken up again from the beginning (`inspecting`), because
 * the worker before was killed, or put back (`waiting`), because it gave up in order. `ready` and `refused` are final.
 */
const MOVES: Readonly<Record<VideoState, readonly VideoState[]>> = {
  waiting: ['inspecting'],
  inspecting: ['inspecting', 'transcoding', 'waiting', 'refused', 'failed'],
  transcoding: ['inspecting', 'packaging', 'waiting', 'refused', 'failed'],
  packaging: ['inspecting', 'ready', 'waiting', 'refused', 'failed'],
  ready: [],
  refused: [],
  failed: ['waiting'],
};

/** The states from which a video may come into `state`. */
export function statesBefore(state: VideoState): VideoState[] {
  return VIDEO_STATES.filter((from) => MOVES[from].includes(state));
}

/** Whether somebody is still going to work on it: the page that shows it should look again. */
export function isMoving(state: VideoState): boolean {
  return ['waiting', 'inspecting', 'transcoding', 'packaging'].includes(state);
}
