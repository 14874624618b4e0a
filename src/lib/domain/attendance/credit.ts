import type { AttendanceLimits } from '../limits.ts';
import type { Heartbeat, UncountedReason } from './protocol.ts';

/**
 * The attendance rule: what a heartbeat earns. Pure; the database's clock comes in as `nowMs`.
 *
 * Whatever a browser says, `creditedMs` grows by no more than the milliseconds that the server's clock saw pass inside the
 * lease since the last heartbeat, in order from 0, and never further than `lookMs` beyond what was credited before.
 */

/** What is credited of one chapter of one attendance. `creditedMs ≤ reportedMs ≤ durationMs`. */
export interface ChapterCredit {
  readonly creditedMs: number;
  /** How far the player says it has come, as far as that can be believed. */
  readonly reportedMs: number;
  readonly durationMs: number;
  /** The next presence check that has not been passed (presence.ts): nothing is credited, believed or released beyond it. */
  readonly gateMs?: number | null;
}

/** A stretch of media and the stretch of wall clock in which it was credited; epoch milliseconds. */
export interface Run {
  readonly fromMs: number;
  readonly toMs: number;
  readonly startedAt: number;
  readonly endedAt: number;
}

/** 視聴: one opened player, the lease. Instants are epoch milliseconds of the database's clock. */
export interface Lease {
  readonly sequence: number;
  readonly lastBeatAt: number;
  readonly pausedSince: number | null;
  /** The run that is still open; the ledger gets it when it closes. */
  readonly run: Run;
}

export type HeartbeatDecision =
  | {
      readonly kind: 'credited';
      readonly credit: ChapterCredit;
      readonly lease: Lease;
      /** For the ledger, when a contiguous run ended with this heartbeat. */
      readonly closedRun: Run | null;
      readonly isChapterWatched: boolean;
      readonly uncounted: { readonly reason: UncountedReason; readonly ms: number } | null;
    }
  | { readonly kind: 'repeated' }
  | { readonly kind: 'refused'; readonly code: 'malformed' | 'out_of_sequence' }
  | { readonly kind: 'lapsed'; readonly reason: 'expired' | 'pausedTooLong'; readonly closedRun: Run | null };

export function isEmptyRun(run: Run): boolean {
  return run.toMs <= run.fromMs;
}

/** The open run as the ledger wants it, or null when nothing was credited in it. */
export function finishRun(run: Run): Run | null {
  return isEmptyRun(run) ? null : run;
}

/** A lease that begins now, at what has been credited so far. */
export function openLease(credit: ChapterCredit, nowMs: number): Lease {
  const run = { fromMs: credit.creditedMs, toMs: credit.creditedMs, startedAt: nowMs, endedAt: nowMs };
  return { sequence: 0, lastBeatAt: nowMs, pausedSince: null, run };
}

/** No heartbeat for longer than the lease lives. */
export function hasLapsed(lease: Lease, nowMs: number, limits: AttendanceLimits): boolean {
  return nowMs - lease.lastBeatAt > limits.leaseTtlMs;
}

/** Media up to here may be decrypted: the credit, what may be watched while the line is away, and never past the gate. */
export function releasedMs(credit: ChapterCredit, limits: AttendanceLimits): number {
  return Math.min(credit.creditedMs + limits.lookMs, credit.gateMs ?? credit.durationMs, credit.durationMs);
}

function isWellFormed(beat: Heartbeat, durationMs: number): boolean {
  const numbers = [beat.sequence, beat.fromMs, beat.toMs, beat.keyCount];
  return (
    numbers.every((number) => Number.isSafeInteger(number) && number >= 0) &&
    beat.sequence >= 1 &&
    beat.fromMs <= beat.toMs &&
    beat.toMs <= durationMs
  );
}

/** How far the report takes us, and what of it cannot be counted because it does not join or runs ahead. */
function acceptReport(credit: ChapterCredit, beat: Heartbeat, limits: AttendanceLimits) {
  if (beat.toMs <= credit.reportedMs) return { reportedMs: credit.reportedMs, uncounted: null };
  if (beat.fromMs > credit.reportedMs + limits.contiguityMs) {
    const uncounted = { reason: 'not_contiguous' as const, ms: beat.toMs - beat.fromMs };
    return { reportedMs: credit.reportedMs, uncounted };
  }
  const furthestMs = releasedMs(credit, limits);
  const reportedMs = Math.max(credit.reportedMs, Math.min(beat.toMs, furthestMs));
  const aheadMs = beat.toMs - reportedMs;
  return { reportedMs, uncounted: aheadMs > 0 ? { reason: 'beyond_released' as const, ms: aheadMs } : null };
}

/** The run goes on while the player plays; a run in which nothing was credited has no beginning yet. */
function extendRun(run: Run, creditedMs: number, nowMs: number, lastBeatAt: number): Run {
  if (creditedMs === run.toMs && isEmptyRun(run)) return { ...run, startedAt: nowMs, endedAt: nowMs };
  const startedAt = isEmptyRun(run) ? lastBeatAt : run.startedAt;
  return { fromMs: run.fromMs, toMs: creditedMs, startedAt, endedAt: nowMs };
}

/**
 * Decides about one heartbeat. Refused: a lease that has lapsed (`lapsed`; nothing is earned for the gap), numbers that are
 * none or go backwards (`malformed`), a sequence that skips (`out_of_sequence`). A sequence that was answered is `repeated`
 * and changes nothing. A clock that went backwards earns nothing.
 */
export function settleHeartbeat(
  lease: Lease,
  credit: ChapterCredit,
  beat: Heartbeat,
  nowMs: number,
  limits: AttendanceLimits,
): HeartbeatDecision {
  if (hasLapsed(lease, nowMs, limits)) {
    return { kind: 'lapsed', reason: 'expired', closedRun: finishRun(lease.run) };
  }
  if (!isWellFormed(beat, credit.durationMs)) return { kind: 'refused', code: 'malformed' };
  if (beat.sequence <= lease.sequence) return { kind: 'repeated' };
  if (beat.sequence > lease.sequence + 1) return { kind: 'refused', code: 'out_of_sequence' };

  const isPlaying = beat.state === 'playing' || beat.state === 'ended' || beat.state === 'waiting';
  if (!isPlaying && lease.pausedSince !== null && nowMs - lease.pausedSince > limits.maxPauseMs) {
    return { kind: 'lapsed', reason: 'pausedTooLong', closedRun: finishRun(lease.run) };
  }

  const elapsedMs = Math.max(0, Math.floor(nowMs - lease.lastBeatAt));
  const { reportedMs, uncounted } = acceptReport(credit, beat, limits);
  const creditedMs = Math.min(reportedMs, credit.creditedMs + elapsedMs);
  // After a clock that stepped back, time is counted from the later instant: no second is earned twice.
  const beatAt = Math.max(nowMs, lease.lastBeatAt);
  const run = extendRun(lease.run, creditedMs, beatAt, lease.lastBeatAt);
  const isChapterWatched = creditedMs === credit.durationMs;
  const closesRun = !isPlaying || isChapterWatched;
  return {
    kind: 'credited',
    credit: { ...credit, creditedMs, reportedMs },
    lease: {
      sequence: beat.sequence,
      lastBeatAt: beatAt,
      pausedSince: isPlaying ? null : (lease.pausedSince ?? beatAt),
      run: closesRun ? { fromMs: creditedMs, toMs: creditedMs, startedAt: beatAt, endedAt: beatAt } : run,
    },
    closedRun: closesRun ? finishRun(run) : null,
    isChapterWatched,
    uncounted,
  };
}
