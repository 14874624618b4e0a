import {
  openLease,
  releasedMs,
  settleHeartbeat,
  type ChapterCredit,
  type Lease,
} from '#lib/domain/attendance/credit.ts';
import { isPresenceDue } from '#lib/domain/attendance/presence.ts';
import type { Heartbeat, HeartbeatReply, OpenedViewing } from '#lib/domain/attendance/protocol.ts';
import { ATTENDANCE_LIMITS as LIMITS, LIMITS as MEDIA } from '#lib/domain/limits.ts';
import type { RefusalCode } from '#lib/domain/refusal.ts';
import { LineRefused, type After, type ViewingLine } from './line.ts';

/** For tests: a clock that stands still until it is moved, with the timers that hang on it. */
export class TestClock {
  nowMs = 0;
  #timers: { atMs: number; act: () => void }[] = [];

  readonly after: After = (ms, act) => {
    const timer = { atMs: this.nowMs + ms, act };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  };

  /** Moves on by `ms`, doing what falls due on the way in its order, and letting promises settle between. */
  async pass(ms: number): Promise<void> {
    const untilMs = this.nowMs + ms;
    for (;;) {
      await settlePromises();
      const next = this.#timers.toSorted((a, b) => a.atMs - b.atMs)[0];
      if (!next || next.atMs > untilMs) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.nowMs = next.atMs;
      next.act();
    }
    this.nowMs = untilMs;
    await settlePromises();
  }
}

async function settlePromises(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

interface OpenViewing {
  readonly id: string;
  lease: Lease;
  closedBecause: RefusalCode | null;
}

/** For tests: one learner's chapter behind a line that can be cut, slow or forgetful; the rule is the real one. */
export class FakeServer {
  credit: ChapterCredit;
  readonly heard: Heartbeat[] = [];
  openings = 0;
  isLineCut = false;
  /** Answers that get lost on the way back, one for each heartbeat that the server did take. */
  answersToLose = 0;
  latencyMs = 20;
  readonly #clock: TestClock;
  readonly #viewings: OpenViewing[] = [];

  constructor(clock: TestClock, durationMs: number, creditedMs = 0) {
    this.#clock = clock;
    this.credit = { durationMs, creditedMs, reportedMs: creditedMs };
  }

  /** The line of one more device of the same learner. */
  connect(): ViewingLine {
    return {
      open: () => this.#carry(() => this.#open()),
      report: (beat) => this.#carry(() => this.#report(beat)),
      answerPresence: () => this.#carry(() => this.#pass()),
    };
  }

  refuseAll(code: RefusalCode): void {
    for (const viewing of this.#viewings) viewing.closedBecause ??= code;
  }

  async #carry<T>(act: () => T): Promise<T> {
    await this.#wait();
    if (this.isLineCut) throw new TypeError('Failed to fetch');
    const answer = act();
    await this.#wait();
    if (this.answersToLose > 0) {
      this.answersToLose -= 1;
      throw new TypeError('Failed to fetch');
    }
    return answer;
  }

  #wait(): Promise<void> {
    return new Promise((resolve) => void this.#clock.after(this.latencyMs / 2, resolve));
  }

  #open(): OpenedViewing {
    if (this.credit.creditedMs === this.credit.durationMs) throw new LineRefused('chapter_locked');
    this.refuseAll('viewing_superseded');
    this.openings += 1;
    const id = `viewing-${this.openings}`;
    this.#viewings.push({ id, lease: openLease(this.credit, this.#clock.nowMs), closedBecause: null });
    return {
      viewingId: id,
      chapterId: 'chapter-1',
      durationMs: this.credit.durationMs,
      creditedMs: this.credit.creditedMs,
      releasedMs: releasedMs(this.credit, LIMITS),
      grant: this.#grant(0),
      heartbeatIntervalMs: LIMITS.heartbeatIntervalMs,
      leaseTtlMs: LIMITS.leaseTtlMs,
      contiguityMs: LIMITS.contiguityMs,
    };
  }

  #pass() {
    this.credit = { ...this.credit, gateMs: null };
    return { outcome: 'passed', answerWithinMs: 0 } as const;
  }

  #report(beat: Heartbeat): HeartbeatReply {
    this.heard.push(beat);
    const viewing = this.#viewings.find(({ id }) => id === beat.viewingId);
    const refuse = (code: RefusalCode) =>
      ({ outcome: 'refused', code, creditedMs: this.credit.creditedMs }) as const;
    if (!viewing) return refuse('not_found');
    const isDone = this.credit.creditedMs === this.credit.durationMs;
    const isRepeated = isDone && beat.sequence <= viewing.lease.sequence;
    if (isDone && !isRepeated) return refuse('viewing_closed');
    if (viewing.closedBecause) return refuse(viewing.closedBecause);
    const decision = isRepeated
      ? ({ kind: 'repeated' } as const)
      : settleHeartbeat(viewing.lease, this.credit, beat, this.#clock.nowMs, LIMITS);
    if (decision.kind === 'refused') return refuse(decision.code);
    if (decision.kind === 'lapsed') return refuse((viewing.closedBecause = 'viewing_expired'));
    if (decision.kind === 'credited') ({ lease: viewing.lease, credit: this.credit } = decision);
    return {
      outcome: 'credited',
      sequence: beat.sequence,
      creditedMs: this.credit.creditedMs,
      releasedMs: releasedMs(this.credit, LIMITS),
      grant: this.#grant(beat.keyCount),
      isChapterWatched: this.credit.creditedMs === this.credit.durationMs,
      uncounted: decision.kind === 'credited' ? decision.uncounted : null,
      presence: isPresenceDue(this.credit)
        ? { checkId: 'check-1', answerWithinMs: 60_000, canExtend: true }
        : null,
    };
  }

  #grant(fromIndex: number) {
    const count = Math.ceil(releasedMs(this.credit, LIMITS) / MEDIA.segmentMs);
    const keys = Array.from({ length: Math.max(0, count - fromIndex) }, () => btoa('0123456789abcdef'));
    return { fromIndex, keys };
  }
}
