import type { PresenceAsked } from '#lib/domain/attendance/protocol.ts';
import type { RefusalCode } from '#lib/domain/refusal.ts';
import { LineRefused, type ViewingLine } from './line.ts';

interface Options {
  readonly line: Pick<ViewingLine, 'answerPresence'>;
  /** The player stands still until the answer. */
  readonly asked: () => void;
  /** Answered in time: the lecture goes on. */
  readonly passed: () => void;
  /** However it was answered, or not: the next heartbeat, which is due at once, says what holds. */
  readonly answered: () => void;
  /** The answer came too late (`presence_missed`, with what is credited still), or the person may not go on for another reason. */
  readonly declined: (code: RefusalCode, creditedMs?: number) => void;
  /** The server does not wait for this answer any more, because the chapter went back meanwhile: it is opened anew. */
  readonly forgotten: () => void;
}

const FORGOTTEN: ReadonlySet<RefusalCode> = new Set(['presence_not_due', 'not_found']);

/** What the learner is asked just now, and his answer on its way. */
export class Presence {
  asked = $state.raw<PresenceAsked | null>(null);
  isBusy = $state(false);
  hasFailed = $state(false);
  isExtended = $state(false);
  readonly #options: Options;
  #passedId: string | null = null;

  constructor(options: Options) {
    this.#options = options;
  }

  /** What a heartbeat's answer says; null: nothing is asked any more. */
  hear(asked: PresenceAsked | null): void {
    // An answer on its way decides; what was said before it is old, also when it comes later.
    if (this.isBusy || (asked && asked.checkId === this.#passedId)) return;
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
      const answer = await this.#options.line.answerPresence(asked.checkId, wish);
      this.isBusy = false;
      if (answer.outcome === 'waiting') {
        this.isExtended = true;
        this.asked = { ...asked, answerWithinMs: answer.answerWithinMs, canExtend: false };
        return;
      }
      this.asked = null;
      // Told at once: the viewing may have lapsed before, and then no heartbeat will say so.
      if (answer.outcome === 'missed') return this.#options.declined('presence_missed', answer.creditedMs);
      this.#passedId = asked.checkId;
      this.#options.answered();
      this.#options.passed();
    } catch (thrown) {
      this.isBusy = false;
      if (thrown instanceof LineRefused && thrown.code !== 'too_many_requests')
        return this.#refused(thrown.code);
      // The line: the button stays, and may be pressed again.
      this.hasFailed = true;
      this.#options.answered();
    }
  }

  #refused(code: RefusalCode): void {
    this.asked = null;
    if (FORGOTTEN.has(code)) this.#options.forgotten();
    else this.#options.declined(code);
  }
}
