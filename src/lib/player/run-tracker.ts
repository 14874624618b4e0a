import type { MediaInterval } from '#lib/domain/attendance/range.ts';

/**
 * How far a decoder may hop forward by itself and still be playing on: hls.js nudges the playhead by 0.1 s over a hole in the
 * buffer. The server joins runs up to `contiguityMs`, which is more.
 */
export const HOP_MS = 500;

/**
 * Follows the playhead and knows the run of continuous play that has not been handed over yet. Positions are milliseconds
 * from the start of the chapter and may be fractions; runs are whole and never pass the chapter's end.
 */
export class RunTracker {
  readonly #durationMs: number;
  #fromMs: number;
  #toMs: number;
  #isRunning = false;
  #furthestMs: number;

  constructor(startMs: number, durationMs: number) {
    this.#durationMs = durationMs;
    this.#fromMs = this.#toMs = this.#furthestMs = this.#whole(startMs);
  }

  /** The furthest point that was played here without a gap. */
  get furthestMs(): number {
    return this.#furthestMs;
  }

  /** The end of the run that is going on, or where play stopped. */
  get positionMs(): number {
    return this.#toMs;
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** Play begins. When it was running already the playhead has only moved on. */
  begin(positionMs: number): void {
    if (this.#isRunning) return this.advance(positionMs);
    this.#fromMs = this.#toMs = this.#whole(positionMs);
    this.#isRunning = true;
    this.#reach();
  }

  /** The playhead moved by playing; a position that went back is left to the seek that caused it. */
  advance(positionMs: number): void {
    const atMs = this.#whole(positionMs);
    if (!this.#isRunning || atMs <= this.#toMs) return;
    this.#toMs = atMs;
    this.#reach();
  }

  /** Hands over what was played since the last cut; the run goes on from its end. */
  cut(): MediaInterval {
    const run = { fromMs: this.#fromMs, toMs: this.#toMs };
    this.#fromMs = this.#toMs;
    return run;
  }

  /** Like `cut`, and play has stopped. */
  end(): MediaInterval {
    this.#isRunning = false;
    return this.cut();
  }

  /**
   * The last picture was shown. A container may end a few frames before its edition does (`toleranceMs`), and the run may have been cut
   * just before: what is missing then belongs to what was played.
   */
  complete(positionMs: number, toleranceMs: number): void {
    if (positionMs < this.#durationMs - toleranceMs) return;
    if (!this.#isRunning && this.#furthestMs >= this.#durationMs - toleranceMs) this.begin(this.#furthestMs);
    this.advance(this.#durationMs);
  }

  /** A new viewing: what was not handed over is forgotten, and nothing beyond `furthestMs` counts as played. */
  restart(positionMs: number, furthestMs: number): void {
    this.#isRunning = false;
    this.#fromMs = this.#toMs = this.#whole(positionMs);
    this.#furthestMs = this.#whole(furthestMs);
  }

  /** A run that begins beyond the furthest point does not move it: nobody has watched what lies between. */
  #reach(): void {
    if (this.#fromMs <= this.#furthestMs + HOP_MS) this.#furthestMs = Math.max(this.#furthestMs, this.#toMs);
  }

  #whole(positionMs: number): number {
    return Math.round(Math.min(Math.max(0, positionMs), this.#durationMs));
  }
}
