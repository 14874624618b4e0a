/**
 * 視聴確認 (presence): now and then the learner is asked whether he is there. Pure; the database's clock comes in as `nowMs`.
 *
 * A check is a gate: credit and keys stop at it until it is passed. What was credited since the last one passed (or since the chapter's
 * start) is provisional; a miss makes it void, and it is watched again. See docs/decisions/0010-presence.md.
 */

/** How much longer one check waits when the learner asks for more time, once. */
export const PRESENCE_EXTENSION_MS = 60_000;

/** A check that is cut off by a broken line is asked again; so often, until it counts as missed. */
export const MAX_PRESENCE_ASKS = 3;

/** For those who ask for it before they begin, without giving reasons. */
export const LONGER_ANSWER_FACTOR = 4;

/** What a commission may choose; the database holds the same bounds. */
export const PRESENCE_SETTINGS = { maxPerChapter: 10, minAnswerSeconds: 20, maxAnswerSeconds: 600 } as const;

const MAX_DISTANCE_MS = 60_000;

/** One check that has not been passed. Instants are epoch milliseconds of the database's clock. */
export interface PresenceCheck {
  readonly positionMs: number;
  /** How long the learner has, without extension. */
  readonly answerMs: number;
  /** Null while it has not been asked since the last miss. */
  readonly askedAt: number | null;
  readonly asks: number;
  readonly isExtended: boolean;
}

export type PresenceDecision =
  | { readonly kind: 'ask' }
  | { readonly kind: 'wait'; readonly answerWithinMs: number }
  | { readonly kind: 'missed' };

/**
 * Where a chapter's checks are, ascending: at random, at least half an even share (at most a minute) from its start, its end and each
 * other, then moved to the middle of their segment, so that the keys released up to a check always play beyond it.
 * `random` gives numbers from 0 up to 1.
 */
export function drawPresencePositions(
  durationMs: number,
  segmentStartsMs: readonly number[],
  count: number,
  random: () => number,
): number[] {
  if (count <= 0) return [];
  const distanceMs = Math.min(MAX_DISTANCE_MS, durationMs / (2 * (count + 1)));
  const freeMs = durationMs - (count + 1) * distanceMs;
  const drawn = Array.from({ length: count }, () => random() * freeMs).toSorted((a, b) => a - b);
  const positions = drawn.map((offsetMs, index) =>
    middleOfSegment(offsetMs + (index + 1) * distanceMs, segmentStartsMs, durationMs),
  );
  return [...new Set(positions)].filter((positionMs) => positionMs > 0 && positionMs < durationMs);
}

function middleOfSegment(positionMs: number, startsMs: readonly number[], durationMs: number): number {
  const next = startsMs.findIndex((startMs) => startMs > positionMs);
  const startMs = startsMs.at(next === -1 ? -1 : next - 1) ?? 0;
  return Math.floor((startMs + (next === -1 ? durationMs : (startsMs[next] ?? durationMs))) / 2);
}

/** Credit has come as far as the check: it is time to ask. */
export function isPresenceDue({
  creditedMs,
  gateMs,
}: {
  readonly creditedMs: number;
  readonly gateMs?: number | null;
}): boolean {
  return typeof gateMs === 'number' && creditedMs >= gateMs;
}

function deadlineOf({ askedAt, answerMs, isExtended }: PresenceCheck): number {
  return (askedAt ?? Infinity) + answerMs + (isExtended ? PRESENCE_EXTENSION_MS : 0);
}

/** What becomes of a check that is due, when its own viewing is heard of: asked first, then waited for, then missed. */
export function settlePresence(check: PresenceCheck, nowMs: number): PresenceDecision {
  if (check.askedAt === null) return { kind: 'ask' };
  const answerWithinMs = deadlineOf(check) - nowMs;
  return answerWithinMs < 0 ? { kind: 'missed' } : { kind: 'wait', answerWithinMs };
}

/**
 * The same when a viewing is opened: a line that broke before the time was over is no miss, and the check is asked again with fresh time;
 * not for ever, and not when the viewing that was asked still lived as the time ran out.
 */
export function reopenPresence(check: PresenceCheck, nowMs: number, hasLapsed: boolean): PresenceDecision {
  if (check.askedAt === null) return { kind: 'ask' };
  if (check.asks >= MAX_PRESENCE_ASKS) return { kind: 'missed' };
  return !hasLapsed && nowMs > deadlineOf(check) ? { kind: 'missed' } : { kind: 'ask' };
}

/** Whether an answer passes the check. `notDue`: nobody has asked yet. More time is given once. */
export function answerPresence(
  check: PresenceCheck,
  nowMs: number,
  wish: 'pass' | 'extend',
): { readonly kind: 'notDue' | 'missed' | 'passed' | 'wait' | 'extended'; readonly answerWithinMs: number } {
  const { kind, ...rest } = { answerWithinMs: 0, ...settlePresence(check, nowMs) };
  if (kind === 'ask') return { kind: 'notDue', ...rest };
  if (kind === 'missed') return { kind, ...rest };
  if (wish === 'pass') return { kind: 'passed', answerWithinMs: 0 };
  if (check.isExtended) return { kind: 'wait', ...rest };
  return { kind: 'extended', answerWithinMs: rest.answerWithinMs + PRESENCE_EXTENSION_MS };
}
