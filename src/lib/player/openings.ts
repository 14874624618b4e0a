import type { OpenedViewing } from '#lib/domain/attendance/protocol.ts';
import { backoffMs } from './patient-line.ts';

/**
 * The openings of one player. Each closes what was open before, and the server takes them in the order in which they arrive: one that was
 * given up on a bad line may arrive after the one that was answered and close its viewing, which then looks as if another device had
 * taken over.
 */
export class Openings {
  readonly #open: () => Promise<OpenedViewing>;
  #underWay = 0;
  #mayHaveStraggler = false;
  #inARow = 0;

  constructor(open: () => Promise<OpenedViewing>) {
    this.#open = open;
  }

  /** How to ask for one more viewing, over and over until it is answered. */
  begin(): () => Promise<OpenedViewing> {
    let isRepeated = false;
    return async () => {
      this.#mayHaveStraggler ||= isRepeated;
      isRepeated = true;
      this.#underWay += 1;
      try {
        return await this.#open();
      } finally {
        this.#underWay -= 1;
      }
    };
  }

  /** A heartbeat counted: whatever is not under way any more did not close this viewing. */
  credited(): void {
    this.#inARow = 0;
    if (this.#underWay === 0) this.#mayHaveStraggler = false;
  }

  /** Whether a viewing that was taken over may have been taken over from here. Said once, so that two devices never fight. */
  takeStraggler(): boolean {
    const mayBe = this.#mayHaveStraggler;
    this.#mayHaveStraggler = false;
    return mayBe;
  }

  /** Milliseconds to wait before a closed viewing is replaced: none the first time, longer when one after the other is closed. */
  pauseBeforeNext(): number {
    this.#inARow += 1;
    return this.#inARow === 1 ? 0 : backoffMs(this.#inARow - 1);
  }
}
