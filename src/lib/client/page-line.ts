/** What a page says of its line; `held`: what was to be sent has not been, and is still there. */
export type LineWords = 'away' | 'back' | 'held' | 'asking';

export interface LinePorts {
  /** Whether the server answers, whatever it says; never rejects, and answers within seconds. */
  readonly isThere: () => Promise<boolean>;
  /** Says one thing instead of the last one; null: nothing. */
  readonly tell: (words: LineWords | null) => void;
}

const BACK_SHOWN_MS = 6_000;
const LOOK_AGAIN_MS = 5_000;
/** What is answered sooner needs no waiting words. */
const PATIENCE_MS = 1_500;

/** What is known of a page's line. Browsers are wrong about it both ways: only the server's answer is believed. */
export class PageLine {
  readonly #ports: LinePorts;
  #isAway = false;
  #isAsking = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ports: LinePorts) {
    this.#ports = ports;
  }

  get isAway(): boolean {
    return this.#isAway;
  }

  /** The browser says that there is no line. */
  lose(): void {
    if (this.#isAway) return;
    this.#isAway = true;
    this.#ports.tell('away');
    this.#lookLater();
  }

  /** Finds out whether a line that was away is back; the browser need not know. */
  async look(): Promise<void> {
    if (!this.#isAway) return;
    clearTimeout(this.#timer);
    if (await this.#ports.isThere()) this.#find();
    else if (this.#isAway) this.#lookLater();
  }

  /** Whether what is sent now arrives. Else the person is told; another press meanwhile is answered with the first one. */
  async canSend(): Promise<boolean> {
    if (this.#isAsking) return false;
    this.#isAsking = true;
    const { isThere, tell } = this.#ports;
    if (this.#isAway) tell('held');
    const waiting = setTimeout(() => this.#isAway || tell('asking'), PATIENCE_MS);
    const answers = await isThere();
    clearTimeout(waiting);
    this.#isAsking = false;
    if (answers) {
      if (this.#isAway) this.#find();
      else tell(null);
      return true;
    }
    this.#isAway = true;
    tell('held');
    this.#lookLater();
    return false;
  }

  #find(): void {
    if (!this.#isAway) return;
    this.#isAway = false;
    this.#ports.tell('back');
    this.#later(() => this.#ports.tell(null), BACK_SHOWN_MS);
  }

  #lookLater(): void {
    this.#later(() => void this.look(), LOOK_AGAIN_MS);
  }

  #later(act: () => void, ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(act, ms);
  }
}
