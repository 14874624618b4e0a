import type { PresenceAsked } from '#lib/domain/attendance/protocol.ts';
import type { ViewingLine } from './line.ts';

interface Options {
  readonly line: ViewingLine;
  /** The player stands still until the answer. */
  readonly asked: () => void;
  /** Answered in time: the lecture goes on. */
  readonly passed: () => void;
  /** However it was answered, or not: the next heartbeat, which is due at once, says what holds. */
  readonly answered: () => void;
}

/** What the learner is asked just now, and his answer on its way. */
export class Presence {
  asked = $state.raw<PresenceAsked | null>(null);
  isBusy = $state(false);
  hasFailed = $state(false);
  isExtended = $state(false);
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  /** What a heartbeat's answer says; null: nothing is asked any more. */
  hear(asked: PresenceAsked | null): void {
    // An answer on its way decides; what was said before it is old.
    if (this.isBusy) return;
    if (asked === null || asked.checkId !== this.asked?.checkId) this.isExtended = this.hasFailed = false;
    const isNew = asked !== null && this.asked === null;
    // The same question is not shown anew at each heartbeat: its words would be read out again.
    if (asked?.checkId !== this.asked?.checkId) this.asked = asked;
    if (isNew) this.#options.asked();
  }

  async answer(wish: 'pass' | 'extend'): Promise<void> {
    const { asked } = this;
    if (!asked || this.isBusy) return;
    this.isBusy = true;
    this.hasFailed = false;
    try {
      const { outcome, answerWithinMs } = await this.#options.line.answerPresence(asked.checkId, wish);
      this.isBusy = false;
      if (outcome === 'waiting') {
        this.isExtended = true;
        this.asked = { ...asked, answerWithinMs, canExtend: false };
        return;
      }
      this.asked = null;
      this.#options.answered();
      if (outcome === 'passed') this.#options.passed();
    } catch {
      // The line: the button stays, and may be pressed again.
      this.isBusy = false;
      this.hasFailed = true;
      this.#options.answered();
    }
  }
}
