import type { Heartbeat, PlayState } from '#lib/domain/attendance/protocol.ts';
import type { MediaInterval } from '#lib/domain/attendance/range.ts';
import { HOP_MS } from './run-tracker.ts';

/** More runs than this wait only when a script makes them; the newest are dropped, and so cannot be counted. */
const MAX_WAITING_RUNS = 32;

/**
 * The heartbeats of one viewing: what has been said and not answered, and what is still to be said. A heartbeat keeps its
 * sequence and its words until it is answered; runs that pile up meanwhile are joined into as few as they honestly are.
 */
export class BeatQueue {
  readonly #viewingId: string;
  #sequence = 0;
  #unanswered: Heartbeat[] = [];
  #waiting: MediaInterval[] = [];
  #state: PlayState = 'playing';
  #isPressing = false;
  #positionMs: number;

  constructor(viewingId: string, positionMs: number) {
    this.#viewingId = viewingId;
    this.#positionMs = positionMs;
  }

  /** The heartbeat that has to be said again until it is answered. */
  get oldestUnanswered(): Heartbeat | undefined {
    return this.#unanswered[0];
  }

  /** Something waits that the server should hear without delay: a run, or another state. */
  get isPressing(): boolean {
    return this.#isPressing;
  }

  /** Adds what was played and how things are now. A run below everything that waits (watching again) only moves the position. */
  add(run: MediaInterval, state: PlayState): void {
    const hasRun = run.toMs > run.fromMs;
    this.#isPressing ||= hasRun || state !== this.#state;
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

  /** Takes an answer. False when that heartbeat was answered before, or belongs to another viewing: then it changes nothing. */
  settle(beat: Heartbeat): boolean {
    if (!this.#unanswered.includes(beat)) return false;
    // The server answers in order: a later answer means that the earlier ones were heard.
    this.#unanswered = this.#unanswered.filter((other) => other.sequence > beat.sequence);
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
