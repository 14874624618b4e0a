import {
  openLease,
  settleHeartbeat,
  type ChapterCredit,
  type Lease,
  type Run,
} from '#lib/domain/attendance/credit.ts';
import type { Heartbeat, PlayState } from '#lib/domain/attendance/protocol.ts';
import { ATTENDANCE_LIMITS } from '#lib/domain/limits.ts';

export const LIMITS = ATTENDANCE_LIMITS;
export const START = Date.UTC(2026, 10, 22, 3, 0, 0);
export const CHAPTER: ChapterCredit = { creditedMs: 0, reportedMs: 0, durationMs: 60_000 };

export function beat(
  sequence: number,
  fromMs: number,
  toMs: number,
  state: PlayState = 'playing',
): Heartbeat {
  return { viewingId: 'v', sequence, fromMs, toMs, state, keyCount: 0 };
}

/** One person's chapter on the server: what the database would hold, driven by the pure rule. */
export class Chapter {
  credit: ChapterCredit;
  lease: Lease;
  ledger: Run[] = [];
  isOpen = true;
  constructor(durationMs: number, nowMs = START) {
    this.credit = { creditedMs: 0, reportedMs: 0, durationMs };
    this.lease = openLease(this.credit, nowMs);
  }
  reopen(nowMs: number) {
    if (this.isOpen && this.lease.run.toMs > this.lease.run.fromMs) this.ledger.push(this.lease.run);
    this.lease = openLease(this.credit, nowMs);
    this.isOpen = true;
  }
  beat(report: Heartbeat, nowMs: number) {
    if (!this.isOpen) return undefined;
    const decision = settleHeartbeat(this.lease, this.credit, report, nowMs, LIMITS);
    if (decision.kind === 'credited') ({ credit: this.credit, lease: this.lease } = decision);
    if (decision.kind === 'lapsed' || (decision.kind === 'credited' && decision.isChapterWatched))
      this.isOpen = false;
    if ((decision.kind === 'credited' || decision.kind === 'lapsed') && decision.closedRun) {
      this.ledger.push(decision.closedRun);
    }
    return decision;
  }
}
