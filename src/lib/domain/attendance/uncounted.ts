import type { AttendanceLimits } from '../limits.ts';
import { releasedMs, type ChapterCredit } from './credit.ts';
import type { Heartbeat } from './protocol.ts';
import type { MediaInterval } from './range.ts';

/** Why media that was played was not counted. Everything that was not is told to the learner and to the officer by one of these. */
export const UNCOUNTED_CAUSES = [
  /** It did not go on from what was counted. */
  'not_contiguous',
  /** It lay where nothing could be played yet. */
  'beyond_released',
  /** The line was away for longer than a viewing lives, or the page was gone. */
  'expired',
  /** Another device or page had taken the lecture over. */
  'superseded',
  'pausedTooLong',
  'signedOut',
  /** The renewal period was over. */
  'periodOver',
  /** A presence check was not answered: what was credited since the one before is void. */
  'presenceMissed',
] as const;
export type UncountedCause = (typeof UNCOUNTED_CAUSES)[number];

/** Seams of a few frames are not told: nobody could have noticed them. */
const MIN_TOLD_MS = 1_000;

/** Media of one chapter that was not counted; milliseconds, and when. */
export interface Uncounted {
  readonly position: number;
  readonly cause: UncountedCause;
  readonly ms: number;
  readonly from: Date;
  readonly until: Date;
}

/** How much of a chapter was not counted for one reason, in all; milliseconds. */
export interface UncountedTotal {
  readonly position: number;
  readonly cause: UncountedCause;
  readonly ms: number;
}

/**
 * The media that a heartbeat which is refused whole says was played, and that is not credited: what could be decrypted, beyond the credit.
 * What the lease had been told before and the clock had not credited yet goes with it. Null when there is none, or the numbers are none.
 */
export function lostMedia(
  credit: ChapterCredit,
  { fromMs, toMs }: Pick<Heartbeat, 'fromMs' | 'toMs'>,
  limits: AttendanceLimits,
): MediaInterval | null {
  if (!Number.isSafeInteger(fromMs) || !Number.isSafeInteger(toMs) || fromMs < 0) return null;
  const joins = fromMs <= credit.reportedMs + limits.contiguityMs;
  const lost = {
    fromMs: joins ? credit.creditedMs : fromMs,
    toMs: Math.min(toMs, releasedMs(credit, limits)),
  };
  return lost.toMs > lost.fromMs ? lost : null;
}

/** What is worth telling, oldest first. */
export function listTold<T extends Uncounted>(all: readonly T[]): T[] {
  return all
    .filter(({ ms }) => ms >= MIN_TOLD_MS)
    .toSorted((a, b) => a.from.getTime() - b.from.getTime() || a.position - b.position);
}

/** One line for each chapter and reason, in the order of the chapters and of `UNCOUNTED_CAUSES`. */
export function sumUncounted(told: readonly Uncounted[]): UncountedTotal[] {
  const totals = new Map<string, UncountedTotal>();
  for (const { position, cause, ms } of told) {
    const before = totals.get(`${position} ${cause}`)?.ms ?? 0;
    totals.set(`${position} ${cause}`, { position, cause, ms: before + ms });
  }
  const order = (cause: UncountedCause) => UNCOUNTED_CAUSES.indexOf(cause);
  return [...totals.values()].toSorted((a, b) => a.position - b.position || order(a.cause) - order(b.cause));
}
