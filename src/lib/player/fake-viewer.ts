import type { PresenceAsked } from '#lib/domain/attendance/protocol.ts';
import { FakeServer, TestClock } from './fake-line.ts';
import { KeyRing } from './key-ring.ts';
import { ViewingReporter } from './reporter.ts';

const STEP_MS = 250;

/** For tests: a video element and the person before it, as far as the reporter can tell: the playhead moves when it plays and has data. */
export class Viewer {
  positionMs = 0;
  isPlaying = false;
  isWatched = false;
  lostMs: number[] = [];
  asked: PresenceAsked | null = null;
  readonly keys = new KeyRing();
  readonly reporter: ViewingReporter;
  readonly #clock: TestClock;
  readonly #durationMs: number;

  constructor(clock: TestClock, server: FakeServer) {
    this.#clock = clock;
    this.#durationMs = server.credit.durationMs;
    this.reporter = new ViewingReporter({
      line: server.connect(),
      keys: this.keys,
      after: clock.after,
      playheadMs: () => this.positionMs,
      listener: {
        changed: () => this.#stopWhenRefused(),
        place: (positionMs, lostMs) => this.#place(positionMs, lostMs),
        presence: (asked) => {
          this.asked = asked;
          if (asked && this.isPlaying) this.pause();
        },
        watched: () => {
          this.isWatched = true;
          this.isPlaying = false;
        },
      },
    });
  }

  get status() {
    return this.reporter.status;
  }

  async start() {
    this.reporter.open();
    await this.#clock.pass(50);
    this.play();
  }

  play() {
    this.isPlaying = true;
    this.reporter.play(this.positionMs);
  }

  pause(state: 'paused' | 'hidden' = 'paused') {
    this.isPlaying = false;
    this.reporter.rest(state);
  }

  /** The page goes into the browser's memory with all its timers, perhaps for good. */
  leave() {
    this.isPlaying = false;
    this.reporter.leave();
  }

  seek(positionMs: number) {
    this.reporter.seek();
    this.positionMs = positionMs;
    if (this.isPlaying) this.reporter.play(positionMs);
  }

  /** Watches for so many milliseconds of wall clock. Media that has no key stands still. */
  async watch(ms: number) {
    for (let passedMs = 0; passedMs < ms; passedMs += STEP_MS) {
      await this.#clock.pass(STEP_MS);
      if (this.isPlaying) this.#movePlayhead();
    }
  }

  #movePlayhead() {
    const playableMs = this.keys.count * 6_000;
    const nextMs = Math.min(this.positionMs + STEP_MS, playableMs, this.#durationMs);
    this.reporter.advance(nextMs);
    this.positionMs = nextMs;
    if (nextMs < this.#durationMs) return;
    this.isPlaying = false;
    this.reporter.end(nextMs);
  }

  #place(positionMs: number, lostMs: number) {
    if (lostMs > 0) this.lostMs.push(lostMs);
    const wasEnded = this.positionMs >= this.#durationMs;
    this.seek(positionMs);
    if (wasEnded) this.play();
  }

  #stopWhenRefused() {
    if (this.status.phase === 'superseded' || this.status.phase === 'refused') this.isPlaying = false;
  }
}

/** For tests: a learner who has pressed play on a fresh page. */
export async function startWatching(durationMs = 60_000, creditedMs = 0) {
  const clock = new TestClock();
  const server = new FakeServer(clock, durationMs, creditedMs);
  const viewer = new Viewer(clock, server);
  await viewer.start();
  return { clock, server, viewer };
}
