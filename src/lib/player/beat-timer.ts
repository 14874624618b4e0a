import type { After } from './line.ts';

/** When the next heartbeat, or the next try to open, is due. One at a time. */
export class BeatTimer {
  readonly #after: After;
  #isDue = false;
  #cancel: () => void = () => undefined;

  constructor(after: After) {
    this.#after = after;
  }

  /** The interval since the last saying is over, and nothing has been said since. */
  get isDue(): boolean {
    return this.#isDue;
  }

  /** In so many milliseconds instead of whatever was planned. */
  in(ms: number, act: () => void): void {
    this.stop();
    this.#cancel = this.#after(ms, act);
  }

  /**
   * An interval from now, which is when something is said and not when it is answered: so a tab that crashes loses no more than one
   * interval, however slow the line.
   */
  restart(intervalMs: number, act: () => void): void {
    this.in(intervalMs, () => {
      this.#isDue = true;
      act();
    });
  }

  stop(): void {
    this.#isDue = false;
    this.#cancel();
  }
}
