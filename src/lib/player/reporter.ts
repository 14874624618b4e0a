import type { Heartbeat, HeartbeatReply, OpenedViewing, PlayState } from '#lib/domain/attendance/protocol.ts';
import type { RefusalCode } from '#lib/domain/refusal.ts';
import { BeatQueue } from './beat-queue.ts';
import type { KeyRing } from './key-ring.ts';
import { LineRefused, type After, type ViewingLine } from './line.ts';
import { RunTracker } from './run-tracker.ts';

export type LinePhase =
  | 'closed'
  | 'opening'
  | 'open'
  /** The viewing lapsed while nothing played; the next press of play opens another one. */
  | 'dormant'
  | 'superseded'
  | 'refused'
  | 'watched';

export interface ReporterListener {
  /** Something that a person can see has changed: phase, line or credit. */
  changed(): void;
  /** The playhead belongs at `positionMs`; `lostMs` of what was played here is not counted and comes again. */
  place(positionMs: number, lostMs: number): void;
  watched(): void;
}

interface Options {
  readonly line: ViewingLine;
  readonly keys: KeyRing;
  readonly after: After;
  /** Where the playhead is now, in milliseconds. */
  readonly playheadMs: () => number;
  readonly listener: ReporterListener;
}

/** One try to have a heartbeat answered. */
interface Attempt {
  readonly queue: BeatQueue;
  readonly beat: Heartbeat;
}

const ANSWER_TIMEOUT_MS = 10_000;
const OPEN_TIMEOUT_MS = 20_000;
const MAX_BACKOFF_MS = 10_000;
const CONFIRM_INTERVAL_MS = 1_000;
/** So many answers without progress after the end mean that something before the end was not counted. */
const MAX_IDLE_CONFIRMATIONS = 5;

const REOPENED: ReadonlySet<RefusalCode> = new Set(['viewing_expired', 'viewing_closed', 'out_of_sequence']);

function backoffMs(failures: number): number {
  return Math.min(MAX_BACKOFF_MS, 1_000 * 2 ** (failures - 1));
}

/**
 * Reports a viewing: one heartbeat in flight, said again in the same words until it is answered; every interval, and at
 * once when play stops, seeks, ends or the page goes away. A lapsed viewing is opened again by itself as long as somebody
 * is watching; one that another device took over waits for the person.
 */
export class ViewingReporter {
  readonly #line: ViewingLine;
  readonly #keys: KeyRing;
  readonly #after: After;
  readonly #playheadMs: () => number;
  readonly #listener: ReporterListener;

  #phase: LinePhase = 'closed';
  #refusalCode: RefusalCode | null = null;
  #isLineBroken = false;
  #creditedMs = 0;

  #opened: OpenedViewing | null = null;
  #queue: BeatQueue | null = null;
  #tracker: RunTracker | null = null;
  #state: PlayState = 'paused';
  #attempt: Attempt | null = null;
  /** Counts openings, so that the answer to one that was given up changes nothing. */
  #turn = 0;
  #failures = 0;
  #reopenings = 0;
  #idleConfirmations = 0;
  #cancelNext: () => void = () => undefined;
  #cancelTimeout: () => void = () => undefined;

  constructor({ line, keys, after, playheadMs, listener }: Options) {
    this.#line = line;
    this.#keys = keys;
    this.#after = after;
    this.#playheadMs = playheadMs;
    this.#listener = listener;
  }

  get phase(): LinePhase {
    return this.#phase;
  }

  get refusalCode(): RefusalCode | null {
    return this.#refusalCode;
  }

  get isLineBroken(): boolean {
    return this.#isLineBroken;
  }

  get creditedMs(): number {
    return this.#creditedMs;
  }

  get furthestMs(): number {
    return this.#tracker?.furthestMs ?? 0;
  }

  /** Opens a viewing here; whatever was open elsewhere is superseded. Asked again until the server answers. */
  open(): void {
    this.#stopTimers();
    this.#attempt = null;
    this.#turn += 1;
    const turn = this.#turn;
    const isCurrent = () => turn === this.#turn;
    this.#enter('opening');
    const fail = () => {
      this.#turn += 1;
      this.#lineFailed(() => this.open());
    };
    this.#cancelTimeout = this.#after(OPEN_TIMEOUT_MS, fail);
    this.#askToOpen().then(
      (opened) => isCurrent() && this.#adopt(opened),
      (thrown: unknown) => {
        if (!isCurrent()) return;
        if (thrown instanceof LineRefused && thrown.code !== 'too_many_requests') this.#refuse(thrown.code);
        else fail();
      },
    );
  }

  /** Pictures move from `positionMs` on. */
  play(positionMs: number): void {
    this.#state = 'playing';
    if (this.#phase === 'dormant') return this.open();
    if (this.#phase !== 'open') return;
    this.#tracker?.begin(positionMs);
    this.#say('playing');
  }

  advance(positionMs: number): void {
    this.#tracker?.advance(positionMs);
  }

  /** Play has stopped. The run ends at the last position that `advance` told. */
  rest(state: Exclude<PlayState, 'playing' | 'ended'>): void {
    this.#say(state);
  }

  /** The playhead jumps: what was played until now is one run. */
  seek(): void {
    this.#queue?.add(this.#tracker?.end() ?? { fromMs: 0, toMs: 0 }, this.#state);
    this.#sendNews();
  }

  /** The last picture was shown. The container's end may lie a few frames before the edition's. */
  end(positionMs: number): void {
    this.advance(positionMs);
    const { durationMs, contiguityMs } = this.#opened ?? { durationMs: 0, contiguityMs: 0 };
    if (positionMs >= durationMs - contiguityMs) this.advance(durationMs);
    this.#say('ended');
  }

  /** The page is going away, perhaps for good: says the last thing without waiting for what is in flight. */
  leave(): void {
    this.#state = 'hidden';
    if (this.#phase !== 'open' || !this.#queue || !this.#tracker) return;
    this.#queue.add(this.#tracker.end(), 'hidden');
    if (this.#queue.isPressing) this.#transmit(this.#queue.form(this.#keys.count));
  }

  /** What the browser says about the line: a hint to try at once, or to tell the person early. */
  lineChanged(isUp: boolean): void {
    if (this.#phase !== 'open' && this.#phase !== 'opening') return;
    if (!isUp) return this.#setLineBroken(true);
    this.#failures = 0;
    if (this.#phase === 'opening') this.open();
    else this.#beat();
  }

  close(): void {
    this.leave();
    this.#turn += 1;
    this.#queue = null;
    this.#stopTimers();
    this.#phase = 'closed';
  }

  async #askToOpen(): Promise<OpenedViewing> {
    return this.#line.open();
  }

  async #askToReport(beat: Heartbeat): Promise<HeartbeatReply> {
    try {
      return await this.#line.report(beat);
    } catch (thrown) {
      if (!(thrown instanceof LineRefused)) throw thrown;
      return { outcome: 'refused', code: thrown.code, creditedMs: this.#creditedMs };
    }
  }

  #adopt(opened: OpenedViewing): void {
    this.#stopTimers();
    this.#lineAnswered();
    this.#opened = opened;
    this.#creditedMs = opened.creditedMs;
    this.#idleConfirmations = 0;
    this.#keys.add(opened.grant);
    const positionMs = this.#placeFor(opened);
    this.#queue = new BeatQueue(opened.viewingId, positionMs);
    this.#enter('open');
    this.#scheduleNext();
  }

  /**
   * Where to go on in a new viewing: where the playhead is, when the server can count on from there; at the credit when the
   * playhead ran ahead while the line was away, when another device went further, and at the first opening.
   */
  #placeFor({ creditedMs, durationMs, contiguityMs }: OpenedViewing): number {
    const isFirst = this.#tracker === null;
    this.#tracker ??= new RunTracker(creditedMs, durationMs);
    const playheadMs = isFirst ? creditedMs : this.#playheadMs();
    const isAhead = playheadMs > creditedMs + contiguityMs;
    const isBehindOther = creditedMs > this.#tracker.furthestMs + contiguityMs;
    const positionMs = isAhead || isBehindOther ? creditedMs : playheadMs;
    this.#tracker.restart(positionMs, Math.max(creditedMs, positionMs));
    if (isFirst || positionMs !== playheadMs) {
      this.#listener.place(positionMs, isAhead ? Math.round(playheadMs - creditedMs) : 0);
    } else if (this.#state === 'playing') this.#tracker.begin(positionMs);
    return Math.round(positionMs);
  }

  #say(state: PlayState): void {
    this.#state = state;
    if (!this.#queue || !this.#tracker) return;
    this.#queue.add(state === 'playing' ? this.#tracker.cut() : this.#tracker.end(), state);
    this.#sendNews();
  }

  /** Speaks at once, unless an answer is awaited or the line is down: then it goes with what follows. */
  #sendNews(): void {
    if (this.#phase !== 'open' || this.#attempt || this.#failures > 0) return;
    if (this.#queue?.isPressing) this.#transmit(this.#queue.form(this.#keys.count));
  }

  /** The unanswered heartbeat again, or a new one. */
  #beat(): void {
    if (this.#phase !== 'open' || !this.#queue || !this.#tracker) return;
    const unanswered = this.#queue.oldestUnanswered;
    if (!unanswered) this.#queue.add(this.#tracker.cut(), this.#state);
    this.#transmit(unanswered ?? this.#queue.form(this.#keys.count));
  }

  #transmit(beat: Heartbeat): void {
    if (!this.#queue) return;
    this.#stopTimers();
    const attempt = { queue: this.#queue, beat };
    this.#attempt = attempt;
    const fail = () => this.#attemptFailed(attempt);
    this.#cancelTimeout = this.#after(ANSWER_TIMEOUT_MS, fail);
    this.#askToReport(beat).then((reply) => this.#answered(attempt, reply), fail);
  }

  #attemptFailed(attempt: Attempt): void {
    if (this.#attempt !== attempt) return;
    this.#attempt = null;
    this.#lineFailed(() => this.#beat());
  }

  #answered(attempt: Attempt, reply: HeartbeatReply): void {
    if (attempt.queue !== this.#queue || this.#phase !== 'open') return;
    if (reply.outcome === 'refused' && reply.code === 'too_many_requests') return this.#attemptFailed(attempt);
    if (!this.#queue.settle(attempt.beat)) return;
    if (this.#attempt && this.#attempt.beat.sequence <= attempt.beat.sequence) this.#attempt = null;
    this.#lineAnswered();
    if (reply.outcome === 'refused') return this.#declined(reply.code, reply.creditedMs);

    this.#reopenings = 0;
    this.#keys.add(reply.grant);
    const hasGrown = reply.creditedMs > this.#creditedMs;
    this.#creditedMs = Math.max(this.#creditedMs, reply.creditedMs);
    if (reply.isChapterWatched) return this.#finish();
    this.#listener.changed();

    const isEnded = attempt.beat.state === 'ended' && this.#state === 'ended';
    this.#idleConfirmations = isEnded && !hasGrown ? this.#idleConfirmations + 1 : 0;
    const isStuck = this.#idleConfirmations >= MAX_IDLE_CONFIRMATIONS;
    if (isStuck || reply.uncounted?.reason === 'not_contiguous') this.#goBack();
    else if (reply.uncounted?.reason === 'beyond_released') {
      const { fromMs, toMs } = attempt.beat;
      this.#queue.giveBack({ fromMs: Math.max(fromMs, toMs - reply.uncounted.ms), toMs });
    }
    if (!this.#attempt) this.#scheduleNext();
  }

  /** The server cannot count on from here: the playhead returns to what is credited, and that is said. */
  #goBack(): void {
    const lostMs = Math.max(0, Math.round(this.#playheadMs() - this.#creditedMs));
    this.#idleConfirmations = 0;
    this.#queue?.dropRuns();
    this.#tracker?.restart(this.#creditedMs, this.#creditedMs);
    this.#listener.place(this.#creditedMs, lostMs);
  }

  #declined(code: RefusalCode, creditedMs: number): void {
    this.#stopTimers();
    this.#creditedMs = Math.max(this.#creditedMs, creditedMs);
    if (!REOPENED.has(code)) return code === 'viewing_superseded' ? this.#enter('superseded') : this.#refuse(code);
    const isWatching = this.#state !== 'paused' && this.#state !== 'hidden';
    // Nobody watches: opening now would take the lecture away from the device where the person perhaps is.
    if (!isWatching) return this.#enter('dormant');
    this.#reopenings += 1;
    if (this.#reopenings === 1) return this.open();
    this.#enter('opening');
    this.#cancelNext = this.#after(backoffMs(this.#reopenings - 1), () => this.open());
  }

  #refuse(code: RefusalCode): void {
    this.#stopTimers();
    this.#refusalCode = code;
    this.#enter('refused');
  }

  #finish(): void {
    this.#stopTimers();
    this.#enter('watched');
    this.#listener.watched();
  }

  #scheduleNext(): void {
    if (this.#queue?.oldestUnanswered) return this.#beat();
    if (this.#queue?.isPressing) return this.#sendNews();
    const intervalMs = this.#state === 'ended' ? CONFIRM_INTERVAL_MS : (this.#opened?.heartbeatIntervalMs ?? 0);
    this.#stopTimers();
    this.#cancelNext = this.#after(intervalMs, () => this.#beat());
  }

  #lineAnswered(): void {
    this.#failures = 0;
    this.#cancelTimeout();
    this.#setLineBroken(false);
  }

  /** One failure may be a hiccup and is not shown; the second one is a broken line. */
  #lineFailed(again: () => void): void {
    this.#stopTimers();
    this.#failures += 1;
    this.#cancelNext = this.#after(backoffMs(this.#failures), again);
    if (this.#failures >= 2) this.#setLineBroken(true);
  }

  #setLineBroken(isBroken: boolean): void {
    if (this.#isLineBroken === isBroken) return;
    this.#isLineBroken = isBroken;
    this.#listener.changed();
  }

  #enter(phase: LinePhase): void {
    this.#phase = phase;
    this.#listener.changed();
  }

  #stopTimers(): void {
    this.#cancelNext();
    this.#cancelTimeout();
  }
}
