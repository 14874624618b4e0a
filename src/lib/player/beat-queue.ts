import type { Heartbeat, PlayState } from '#lib/domain/attendance/protocol.ts';
import type { MediaInterval } from '#lib/domain/attendance/range.ts';
import { HOP_MS } from './run-tracker.ts';

/** More runs than this wait only when a script makes them; the newest are dropped, and so cannot be counted. */
const MAX_WAITING_RUNS = 32;

/**
 * The heartbeats of one viewing: what has been said and not answered, and what is still to be said. A heartbeat keeps its
 * sequence until it is answered; runs that pile up meanwhile are joined into as few as they honestly are.
 */
export class BeatQueue {
  readonly #viewingId: string;
  #sequence = 0;
  #unanswered: Heartbeat[] = [];
  #waiting: MediaInterval[] = [];
  #state: PlayState;
  #isPressing = false;
  #positionMs: number;

  constructor(viewingId: string, positionMs: number, state: PlayState) {
    this.#viewingId = viewingId;
    this.#positionMs = positionMs;
    this.#state = state;
  }

  /** The heartbeat that has to be said again until it is answered. */
  get oldestUnanswered(): Heartbeat | undefined {
    return this.#unanswered[0];
  }

  /** Something waits that the server should hear without delay: a run, or that play stopped. */
  get isPressing(): boolean {
    return this.#isPressing;
  }

  /** Adds what was played and how things are now. A run below everything that waits (watching again) only moves the position. */
  add(run: MediaInterval, state: PlayState): void {
    const hasRun = run.toMs > run.fromMs;
    const hasStopped = state !== this.#state && state !== 'playing' && state !== 'waiting';
    this.#isPressing ||= hasRun || hasStopped;
    this.#state = state;
    this.#positionMs = run.toMs;
    if (hasRun) this.#join(run);
  }

  /** Says the next thing: the oldest run that waits, or only how things are. */
  form(keyCount: number): Heartbeat {
    const run = this.#waiting.shift() ?? { fromMs: this.#positionMs, toMs: this.#positionMs };
    // While more runs wait the player's present state is not this heartbeat's: it was playing.
    const state = this.#waiting.length > 0 ? 'playing' : this.#state;
    if (this.#waiting.length === 0) this.#isPressing = false;
    this.#sequence += 1;
    const beat = { viewingId: this.#viewingId, sequence: this.#sequence, ...run, state, keyCount };
    this.#unanswered.push(beat);
    return beat;
  }

  /**
   * An unanswered heartbeat as it is said again: with what was played since, because the answer to it takes all the time
   * that the server's clock saw. The server may have heard the shorter words before, so what was added waits on and is said
   * once more, without delay, with the next one; what is reported twice counts once.
   */
  sayAgain(beat: Heartbeat, keyCount: number): Heartbeat {
    let { toMs } = beat;
    for (const run of this.#waiting) if (run.fromMs <= toMs + HOP_MS) toMs = Math.max(toMs, run.toMs);
    this.#isPressing ||= toMs > beat.toMs;
    return { ...beat, toMs, state: this.#state, keyCount };
  }

  /** Takes an answer. False when that heartbeat was answered before: then it changes nothing. */
  settle({ sequence }: Heartbeat): boolean {
    if (!this.#unanswered.some((beat) => beat.sequence === sequence)) return false;
    // The server answers in order: a later answer means that the earlier ones were heard.
    this.#unanswered = this.#unanswered.filter((beat) => beat.sequence > sequence);
    return true;
  }

  /** Forgets the runs that wait: the playhead goes back to before them. */
  dropRuns(positionMs: number): void {
    this.#waiting = [];
    this.#positionMs = positionMs;
  }

  /** Puts the end of a run back which the server could not count yet; it is said again with the next heartbeat. */
  giveBack(run: MediaInterval): void {
    const [first] = this.#waiting;
    if (first && first.fromMs <= run.toMs + HOP_MS && first.toMs >= run.fromMs) {
      this.#waiting[0] = { fromMs: Math.min(first.fromMs, run.fromMs), toMs: Math.max(first.toMs, run.toMs) };
    } else {
      this.#waiting.unshift(run);
    }
  }

  #join(run: MediaInterval): void {
    const last = this.#waiting.at(-1);
    if (last && run.toMs < last.fromMs) return;
    if (last && run.fromMs <= last.toMs + HOP_MS) {
      this.#waiting.pop();
      this.#waiting.push({ fromMs: Math.min(last.fromMs, run.fromMs), toMs: Math.max(last.toMs, run.toMs) });
    } else if (this.#waiting.length < MAX_WAITING_RUNS) {
      this.#waiting.push(run);
    }
  }
}
