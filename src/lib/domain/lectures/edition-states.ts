/** What becomes of an edition between its first chapter and the last learner who began it. */
export const EDITION_STATES = ['draft', 'ready', 'scheduled', 'published', 'withdrawn'] as const;

export type EditionState = (typeof EDITION_STATES)[number];

/** What an administrator, or the worker at the appointed time, does to an edition as a whole. */
export type EditionMove = 'finish' | 'reopen' | 'schedule' | 'unschedule' | 'publish' | 'withdraw';

interface MoveRule {
  readonly from: readonly EditionState[];
  readonly to: EditionState;
}

/**
 * Every move that there is. Only a draft can be written in: `finish` freezes it, so that what was looked at is what is published, and
 * `reopen` gives it back. What has been published never goes back: learners are in the middle of it.
 * A schedule may be replaced by another one, or overtaken by publishing at once.
 */
export const EDITION_MOVES: Readonly<Record<EditionMove, MoveRule>> = {
  finish: { from: ['draft'], to: 'ready' },
  reopen: { from: ['ready'], to: 'draft' },
  schedule: { from: ['ready', 'scheduled'], to: 'scheduled' },
  unschedule: { from: ['scheduled'], to: 'ready' },
  publish: { from: ['ready', 'scheduled'], to: 'published' },
  withdraw: { from: ['published'], to: 'withdrawn' },
};

export function isMovePossible(state: EditionState, move: EditionMove): boolean {
  return EDITION_MOVES[move].from.includes(state);
}

/** Whether learners have been, or may be, in the middle of it: then it is seen by them and stays as it is for ever. */
export function hasBeenPublished(state: EditionState): boolean {
  return state === 'published' || state === 'withdrawn';
}

/** How far ahead a publication can be appointed. A date beyond is a slip of the pen. */
const MAX_AHEAD_MS = 366 * 24 * 3_600_000;

/**
 * Why an edition cannot be appointed to open at that instant, or null when it can. An edition that is to open now, or was to open
 * before, is published by hand.
 */
export function findScheduleFault(
  scheduledFor: Date,
  now: Date,
): 'schedule_in_past' | 'schedule_too_far' | null {
  const aheadMs = scheduledFor.getTime() - now.getTime();
  if (!(aheadMs > 0)) return 'schedule_in_past';
  return aheadMs > MAX_AHEAD_MS ? 'schedule_too_far' : null;
}
