import {
  finishRun,
  hasLapsed,
  openLease,
  releasedMs,
  settleHeartbeat,
  type ChapterCredit,
  type HeartbeatDecision,
  type Lease,
  type Run,
} from '#lib/domain/attendance/credit.ts';
import { findDisagreements, type Disagreement, type LedgerInterval } from '#lib/domain/attendance/ledger.ts';
import type { Heartbeat } from '#lib/domain/attendance/protocol.ts';
import { LIMITS } from './chapter-model.ts';

interface ModelViewing {
  readonly openedAt: number;
  lease: Lease;
  isOpen: boolean;
}

export type ModelReply = HeartbeatDecision | { readonly kind: 'closed' };

const CHAPTER_ID = 'chapter';

/**
 * One person and one chapter on the server, with as many players as he likes: viewings, ledger and released keys as the
 * operations keep them, driven by the pure rule and by no clock but the one that is passed in.
 */
export class PersonModel {
  credit: ChapterCredit;
  /** The furthest media for which a key was ever handed out. */
  handedOutMs = 0;
  readonly viewings: ModelViewing[] = [];
  readonly ledger: LedgerInterval[] = [];
  /** What missed presence checks made void, each with the number of viewings that had been opened by then. */
  readonly misses: { readonly viewings: number; readonly fromMs: number; readonly toMs: number }[] = [];

  constructor(durationMs: number) {
    this.credit = { creditedMs: 0, reportedMs: 0, durationMs };
  }

  get isWatched(): boolean {
    return this.credit.creditedMs === this.credit.durationMs;
  }

  /** Milliseconds of the server's clock inside live leases, up to their last heartbeats. */
  get leasedMs(): number {
    return this.viewings.reduce((sum, { openedAt, lease }) => sum + lease.lastBeatAt - openedAt, 0);
  }

  /** Returns the number of the new viewing, or undefined when there is nothing left to watch. */
  open(nowMs: number): number | undefined {
    if (this.isWatched) return undefined;
    this.closeLive();
    this.credit = { ...this.credit, reportedMs: this.credit.creditedMs };
    // No instant belongs to two leases, not even when the clock has stepped back.
    const openedAt = this.viewings.reduce((at, { lease }) => Math.max(at, lease.lastBeatAt), nowMs);
    this.viewings.push({ openedAt, lease: openLease(this.credit, openedAt), isOpen: true });
    this.#handOut();
    return this.viewings.length - 1;
  }

  beat(number: number, report: Heartbeat, nowMs: number): ModelReply {
    const viewing = this.viewings[number];
    if (!viewing?.isOpen) return { kind: 'closed' };
    const decision = settleHeartbeat(viewing.lease, this.credit, report, nowMs, LIMITS);
    if (decision.kind === 'credited') {
      ({ credit: this.credit, lease: viewing.lease } = decision);
      viewing.isOpen = !decision.isChapterWatched;
    }
    if (decision.kind === 'lapsed') viewing.isOpen = false;
    if ('closedRun' in decision) this.#write(number, decision.closedRun);
    if (decision.kind === 'credited' || decision.kind === 'repeated') this.#handOut();
    return decision;
  }

  /** As a takeover, a sign-out or the sweeper does: at the last heartbeat, never later. */
  closeLive(): void {
    const number = this.viewings.findIndex(({ isOpen }) => isOpen);
    const viewing = this.viewings[number];
    if (!viewing) return;
    viewing.isOpen = false;
    this.#write(number, finishRun(viewing.lease.run));
  }

  /** A presence check was missed: the viewing ends, and the chapter goes back. */
  miss(fromMs: number): void {
    this.closeLive();
    this.misses.push({ viewings: this.viewings.length, fromMs, toMs: this.credit.gateMs ?? fromMs });
    this.credit = { ...this.credit, creditedMs: fromMs, reportedMs: fromMs };
  }

  sweep(nowMs: number): void {
    const viewing = this.viewings.find(({ isOpen }) => isOpen);
    if (viewing && hasLapsed(viewing.lease, nowMs, LIMITS)) this.closeLive();
  }

  /** What the second way to the credit finds wrong, as if the live viewing ended here. */
  disagreements(): Disagreement[] {
    const { creditedMs, durationMs } = this.credit;
    const number = this.viewings.findIndex(({ isOpen }) => isOpen);
    const openRun = this.viewings[number] && finishRun(this.viewings[number].lease.run);
    return findDisagreements({
      chapters: [{ chapterId: CHAPTER_ID, durationMs, creditedMs }],
      intervals: openRun ? [...this.ledger, this.#interval(number, openRun)] : this.ledger,
      elsewhere: [],
      events: [
        ...this.viewings.map(({ openedAt }, id) => ({
          id: id + 1,
          kind: 'opened',
          chapterId: CHAPTER_ID,
          viewingId: String(id),
          at: openedAt,
        })),
        ...this.misses.map(({ viewings, ...voided }) => ({
          id: viewings + 0.5,
          kind: 'presence',
          chapterId: CHAPTER_ID,
          viewingId: null,
          at: 0,
          voided,
        })),
      ],
      periodStart: '0001-01-01',
      periodEnd: '9999-12-31',
    });
  }

  #write(number: number, run: Run | null): void {
    if (run) this.ledger.push(this.#interval(number, run));
  }

  #interval(number: number, run: Run): LedgerInterval {
    return { ...run, chapterId: CHAPTER_ID, viewingId: String(number) };
  }

  #handOut(): void {
    this.handedOutMs = Math.max(this.handedOutMs, releasedMs(this.credit, LIMITS));
  }
}
