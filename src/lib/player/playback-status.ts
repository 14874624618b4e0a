import type { LineStatus } from './line.ts';

/** Before the person has pressed anything. */
export const CLOSED_LINE: LineStatus = {
  phase: 'closed',
  viewingId: null,
  refusalCode: null,
  isLineBroken: false,
  creditedMs: 0,
  furthestMs: 0,
};

/** What the video element is doing. */
export type MediaState = 'empty' | 'playing' | 'paused' | 'waiting' | 'ended' | 'unsupported' | 'failed';

export type PlaybackStatus =
  | 'idle'
  | 'opening'
  | 'ready'
  | 'playing'
  | 'paused'
  | 'waiting'
  | 'offline'
  | 'superseded'
  | 'refused'
  | 'confirming'
  | 'watched'
  | 'unsupported'
  | 'failed';

/** Nothing goes on by itself: the person is told why, and what to do. */
export const STOPPED: ReadonlySet<PlaybackStatus> = new Set([
  'superseded',
  'refused',
  'unsupported',
  'failed',
]);

/** The one thing to tell the person, the most pressing first. */
export function findPlaybackStatus({ phase, isLineBroken }: LineStatus, media: MediaState): PlaybackStatus {
  if (phase === 'watched' || phase === 'superseded' || phase === 'refused') return phase;
  if (media === 'unsupported' || media === 'failed') return media;
  if (phase === 'closed') return 'idle';
  // What plays on from what is already here is no matter for concern; the line is looked for meanwhile.
  if (isLineBroken && media !== 'playing') return 'offline';
  if (media === 'ended') return 'confirming';
  if (phase === 'opening') return 'opening';
  return media === 'empty' ? 'ready' : media;
}
