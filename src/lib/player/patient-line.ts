import type { After } from './line.ts';

export const LINE_TIMES = {
  answerTimeoutMs: 5_000,
  openTimeoutMs: 30_000,
  /** How often it is asked whether the credit has caught up with a player that stands at the end, or at a presence check. */
  confirmIntervalMs: 1_000,
} as const;

/** So many failures in a row are a minute or more: a viewing that is not heard of has ended by then, and there is no hurry. */
const HURRIED_FAILURES = 20;

/** 1 and 2 seconds, then 3 as long as the viewing may still live (limits.ts counts on it), then 10. */
export function backoffMs(failures: number): number {
  return failures > HURRIED_FAILURES ? 10_000 : Math.min(3_000, 1_000 * 2 ** (failures - 1));
}

interface Question<T> {
  /** Asks once; whatever it throws means that no answer came. */
  readonly ask: () => Promise<T>;
  readonly timeoutMs: number;
  /** Each try undoes the one before, so only the latest one's answer holds. */
  readonly isLatestOnly?: boolean;
  readonly onAnswer: (answer: T) => void;
}

/**
 * Asks one question at a time over a line that may break: the same question again, with growing pauses, until an answer
 * comes, and the answer to any of the tries is taken once.
 */
export class PatientLine {
  readonly #after: After;
  readonly #onChanged: () => void;
  #isBroken = false;
  #failures = 0;
  #tries = 0;
  #again: (() => void) | null = null;
  #giveUpSoon: (() => void) | null = null;
  #cancelTimer: () => void = () => undefined;

  constructor(after: After, onChanged: () => void) {
    this.#after = after;
    this.#onChanged = onChanged;
  }

  /** Two tries in a row failed, or the browser says so. One failure may be a hiccup and is not told. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  get isAsking(): boolean {
    return this.#again !== null;
  }

  /** Drops what was being asked, and asks this. */
  ask<T>(question: Question<T>): void {
    this.drop();
    const attempt = () => {
      this.#cancelTimer();
      this.#tries += 1;
      const current = this.#tries;
      const fail = () => {
        // Only the latest try may fail, and once: a timeout and then a broken connection are one failure.
        if (this.#again !== attempt || this.#tries !== current) return;
        this.#tries += 1;
        this.#failures += 1;
        this.#giveUpSoon = null;
        this.#cancelTimer();
        this.#cancelTimer = this.#after(backoffMs(this.#failures), attempt);
        if (this.#failures >= 2) this.#setBroken(true);
      };
      this.#cancelTimer = this.#after(question.timeoutMs, fail);
      let isSoon = false;
      this.#giveUpSoon = question.isLatestOnly
        ? () => {
            if (isSoon) return;
            isSoon = true;
            this.#cancelTimer();
            this.#cancelTimer = this.#after(LINE_TIMES.answerTimeoutMs, fail);
          }
        : null;
      question.ask().then((answer) => {
        const isLatest = this.#tries === current;
        if (this.#again !== attempt || (question.isLatestOnly && !isLatest)) return;
        this.drop();
        this.#failures = 0;
        this.#setBroken(false);
        question.onAnswer(answer);
      }, fail);
    };
    this.#again = attempt;
    attempt();
  }

  /**
   * The line seems to be back: tries at once. False when nothing was being asked. A try under way that another one would undo is given
   * 5 seconds more instead: it may have been heard.
   */
  retryNow(): boolean {
    this.#failures = 0;
    (this.#giveUpSoon ?? this.#again)?.();
    return this.#again !== null;
  }

  seemsBroken(): void {
    this.#setBroken(true);
  }

  /** No longer waits for an answer; one that still comes is ignored. */
  drop(): void {
    this.#again = this.#giveUpSoon = null;
    this.#cancelTimer();
  }

  #setBroken(isBroken: boolean): void {
    if (this.#isBroken === isBroken) return;
    this.#isBroken = isBroken;
    this.#onChanged();
  }
}
