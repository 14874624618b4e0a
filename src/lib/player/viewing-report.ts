import type { Heartbeat, HeartbeatReply, PlayState } from '#lib/domain/attendance/protocol.ts';
import { BeatQueue } from './beat-queue.ts';
import type { KeyRing } from './key-ring.ts';
import { RemedyFinder } from './remedy.ts';
import type { RunTracker } from './run-tracker.ts';

/** What one viewing has to tell the server: the runs that the tracker saw and how things are, until all of it has been answered. */
export class ViewingReport {
  readonly #queue: BeatQueue;
  readonly #tracker: RunTracker;
  readonly #keys: Pick<KeyRing, 'count'>;
  readonly #remedies = new RemedyFinder();
  #state: PlayState;

  /** Begins where the tracker stands. */
  constructor(viewingId: string, tracker: RunTracker, keys: Pick<KeyRing, 'count'>, state: PlayState) {
    this.#queue = new BeatQueue(viewingId, tracker.positionMs, state);
    this.#tracker = tracker;
    this.#keys = keys;
    this.#state = state;
  }

  /** Something waits that the server should hear without delay. */
  get isPressing(): boolean {
    return this.#queue.isPressing;
  }

  /** Something waits, or was said and not answered. */
  get hasNews(): boolean {
    return this.#queue.isPressing || this.#queue.oldestUnanswered !== undefined;
  }

  /** How things are now; what was played until now is a run. */
  say(state: PlayState): void {
    this.#state = state;
    this.#queue.add(state === 'playing' ? this.#tracker.cut() : this.#tracker.end(), state);
  }

  /** The playhead jumps: what was played until now is one run. */
  jump(): void {
    this.#queue.add(this.#tracker.end(), this.#state);
  }

  /** The heartbeat that is due: the unanswered one, or a new one with what has been played. */
  next(): Heartbeat {
    if (!this.#queue.oldestUnanswered) this.#takeRun();
    return this.#queue.oldestUnanswered ?? this.form();
  }

  /** A new heartbeat, whatever is unanswered. */
  form(): Heartbeat {
    return this.#queue.form(this.#keys.count);
  }

  /** The same heartbeat with what was played since. */
  again(beat: Heartbeat): Heartbeat {
    this.#takeRun();
    return this.#queue.sayAgain(beat, this.#keys.count);
  }

  /** False when that heartbeat was answered before. */
  settle(beat: Heartbeat): boolean {
    return this.#queue.settle(beat);
  }

  /** Whether what this answer did not count has to be played again. What can be counted later is said again by itself. */
  mustPlayAgain(
    said: Heartbeat,
    reply: Extract<HeartbeatReply, { outcome: 'credited' }>,
    isConfirming: boolean,
  ): boolean {
    const remedy = this.#remedies.read(said, reply, isConfirming);
    if (typeof remedy === 'object') this.#queue.giveBack(remedy.sayAgain);
    return remedy === 'playAgain';
  }

  /** Forgets what waits: the playhead goes back to the credit. */
  goBack(creditedMs: number): void {
    this.#queue.dropRuns(creditedMs);
    this.#tracker.restart(creditedMs, creditedMs);
  }

  #takeRun(): void {
    if (this.#tracker.isRunning) this.#queue.add(this.#tracker.cut(), this.#state);
  }
}
