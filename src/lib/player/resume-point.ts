import type { OpenedViewing } from '#lib/domain/attendance/protocol.ts';

interface Before {
  readonly playheadMs: number;
  /** The furthest point that was played here. */
  readonly furthestMs: number;
}

export interface ResumePoint {
  readonly positionMs: number;
  /** The playhead has to be put there. */
  readonly isMoved: boolean;
  /** What was played here and is not counted. */
  readonly lostMs: number;
}

/**
 * Where to go on in a new viewing: where the playhead is, when the server can count on from there; at the credit when the
 * playhead ran ahead while the line was away, when another device went further, and at the first opening (`before` null).
 */
export function findResumePoint(opened: OpenedViewing, before: Before | null): ResumePoint {
  const { creditedMs, contiguityMs } = opened;
  if (!before) return { positionMs: creditedMs, isMoved: true, lostMs: 0 };
  const playheadMs = Math.round(before.playheadMs);
  if (playheadMs > creditedMs + contiguityMs) {
    return { positionMs: creditedMs, isMoved: true, lostMs: playheadMs - creditedMs };
  }
  const hasOtherGoneFurther = creditedMs > before.furthestMs + contiguityMs;
  if (hasOtherGoneFurther) return { positionMs: creditedMs, isMoved: true, lostMs: 0 };
  return { positionMs: playheadMs, isMoved: false, lostMs: 0 };
}
