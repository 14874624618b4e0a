import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeServer, TestClock } from './fake-line.ts';
import { KeyRing } from './key-ring.ts';
import { ViewingReporter } from './reporter.ts';

const STEP_MS = 250;

/** A video element and the person before it, as far as the reporter can tell: the playhead moves when it plays and has data. */
class Viewer {
  positionMs = 0;
  isPlaying = false;
  isWatched = false;
  lostMs: number[] = [];
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

async function startWatching(durationMs = 60_000, creditedMs = 0) {
  const clock = new TestClock();
  const server = new FakeServer(clock, durationMs, creditedMs);
  const viewer = new Viewer(clock, server);
  await viewer.start();
  return { clock, server, viewer };
}

describe('a person who watches on a good line', () => {
  it('is done within two seconds of the last picture', async () => {
    const { viewer } = await startWatching();
    await viewer.watch(62_000);
    expect(viewer.isWatched).toBe(true);
    expect(viewer.lostMs).toEqual([]);
  });

  it('reports every ten seconds, and goes on beating while the lecture is paused', async () => {
    const { server, viewer } = await startWatching();
    await viewer.watch(31_000);
    expect(server.heard.map((beat) => beat.sequence)).toEqual([1, 2, 3]);
    viewer.pause();
    await viewer.watch(21_000);
    expect(server.heard.slice(3).map((beat) => beat.state)).toEqual(['paused', 'paused', 'paused']);
    expect(server.credit.creditedMs).toBe(31_000);
  });

  it('begins where the lecture was left', async () => {
    const { viewer } = await startWatching(60_000, 24_000);
    expect(viewer.positionMs).toBe(24_000);
    await viewer.watch(38_000);
    expect(viewer.isWatched).toBe(true);
  });

  it('is reported at once when pausing, hiding and going back, without losing a moment', async () => {
    const { clock, server, viewer } = await startWatching();
    await viewer.watch(3_000);
    viewer.pause();
    await clock.pass(50);
    expect(server.heard.at(-1)).toMatchObject({ toMs: 3_000, state: 'paused' });
    viewer.play();
    await viewer.watch(2_000);
    viewer.seek(1_000);
    await clock.pass(50);
    expect(server.heard.at(-1)).toMatchObject({ fromMs: 3_000, toMs: 5_000, state: 'playing' });
    await viewer.watch(2_000);
    viewer.pause('hidden');
    await clock.pass(50);
    expect(server.heard.at(-1)).toMatchObject({ fromMs: 1_000, toMs: 3_000, state: 'hidden' });
    expect(server.credit.creditedMs).toBe(5_000);
  });

  it('may watch again, and is credited for what is new', async () => {
    const { viewer } = await startWatching();
    await viewer.watch(20_000);
    viewer.seek(5_000);
    await viewer.watch(57_000);
    expect(viewer.isWatched).toBe(true);
    expect(viewer.lostMs).toEqual([]);
  });

  it('sees 確認中 end by itself when the picture ends a few frames before the edition does', async () => {
    const { clock, server, viewer } = await startWatching(60_000);
    await viewer.watch(59_000);
    viewer.reporter.advance(59_940);
    viewer.isPlaying = false;
    viewer.reporter.end(59_940);
    await clock.pass(3_000);
    expect(server.credit.creditedMs).toBe(60_000);
    expect(viewer.isWatched).toBe(true);
  });
});

describe('a line that loses things', () => {
  it('has the same heartbeat said again, with what was played since, until it is answered', async () => {
    const { server, viewer } = await startWatching();
    await viewer.watch(9_000);
    server.answersToLose = 2;
    await viewer.watch(5_000);
    expect(server.heard).toMatchObject([
      { sequence: 1, fromMs: 0, toMs: 9_750 },
      { sequence: 1, fromMs: 0, toMs: 10_750 },
      { sequence: 1, fromMs: 0, toMs: 13_000 },
      { sequence: 2, fromMs: 9_750, toMs: 13_000 },
    ]);
    expect(viewer.status.creditedMs).toBeGreaterThan(12_500);
    await viewer.watch(48_000);
    expect(viewer.isWatched).toBe(true);
  });

  it('is tried again at once when the browser says that it is back', async () => {
    const { clock, server, viewer } = await startWatching();
    server.isLineCut = true;
    await viewer.watch(30_000);
    server.isLineCut = false;
    viewer.reporter.lineChanged(true);
    await clock.pass(50);
    expect(viewer.status).toMatchObject({ creditedMs: 30_000, isLineBroken: false });
  });

  it('that is away for 40 seconds costs nothing', async () => {
    const { server, viewer } = await startWatching(120_000);
    await viewer.watch(12_000);
    server.isLineCut = true;
    await viewer.watch(40_000);
    expect(viewer.status.isLineBroken).toBe(true);
    server.isLineCut = false;
    viewer.reporter.lineChanged(true);
    await viewer.watch(72_000);
    expect(viewer.isWatched).toBe(true);
    expect(viewer.lostMs).toEqual([]);
    expect(server.openings).toBe(1);
  });

  it('that is away for five minutes keeps what was saved, and the lecture goes on by itself', async () => {
    const { server, viewer } = await startWatching(120_000);
    await viewer.watch(12_000);
    const savedMs = viewer.status.creditedMs;
    server.isLineCut = true;
    await viewer.watch(300_000);
    expect(viewer.positionMs).toBeLessThanOrEqual(savedMs + 51_000);
    server.isLineCut = false;
    await viewer.watch(11_000);
    expect(server.openings).toBe(2);
    expect(viewer.lostMs).toHaveLength(1);
    expect(viewer.status.creditedMs).toBeGreaterThanOrEqual(savedMs);
    await viewer.watch(120_000);
    expect(viewer.isWatched).toBe(true);
  });

  it('does not stop the lecture from being opened when it comes back', async () => {
    const clock = new TestClock();
    const server = new FakeServer(clock, 60_000);
    server.isLineCut = true;
    const viewer = new Viewer(clock, server);
    viewer.reporter.open();
    await clock.pass(10_000);
    expect(viewer.status).toMatchObject({ phase: 'opening', isLineBroken: true });
    server.isLineCut = false;
    await clock.pass(10_000);
    expect(viewer.status).toMatchObject({ phase: 'open', isLineBroken: false });
  });

  it('that hangs is given up after ten seconds, and a late answer is taken once', async () => {
    const { server, viewer } = await startWatching(120_000);
    await viewer.watch(9_000);
    server.latencyMs = 24_000;
    await viewer.watch(2_000);
    server.latencyMs = 20;
    await viewer.watch(13_000);
    expect(viewer.status.creditedMs).toBe(server.heard[0]?.toMs);
    await viewer.watch(110_000);
    expect(viewer.lostMs).toEqual([]);
    expect(server.openings).toBe(1);
    expect(viewer.isWatched).toBe(true);
  });
});

describe('a viewing that was closed', () => {
  it('is opened again by itself while somebody watches', async () => {
    const { server, viewer } = await startWatching();
    await viewer.watch(12_000);
    server.refuseAll('viewing_closed');
    await viewer.watch(65_000);
    expect(server.openings).toBe(2);
    expect(viewer.isWatched).toBe(true);
  });

  it('waits for the press of play after a long pause, so that no other device is disturbed', async () => {
    const { server, viewer } = await startWatching();
    await viewer.watch(12_000);
    viewer.pause();
    await viewer.watch(20 * 60_000);
    expect(viewer.status).toMatchObject({ phase: 'dormant', creditedMs: 12_000 });
    expect(server.openings).toBe(1);
    viewer.play();
    await viewer.watch(50_000);
    expect(server.openings).toBe(2);
    expect(viewer.isWatched).toBe(true);
    expect(viewer.lostMs).toEqual([]);
  });

  it('by another device stops here, and goes on where the other one came when the person wants it back', async () => {
    const { clock, server, viewer: phone } = await startWatching(120_000);
    await phone.watch(12_000);
    const computer = new Viewer(clock, server);
    await computer.start();
    await computer.watch(30_000);
    await phone.watch(0);
    expect(phone.status).toMatchObject({ phase: 'superseded', refusalCode: 'viewing_superseded' });
    computer.pause();
    await clock.pass(50);
    const creditedMs = server.credit.creditedMs;
    phone.reporter.open();
    await clock.pass(50);
    expect(phone.positionMs).toBe(creditedMs);
    await computer.watch(11_000);
    expect(computer.status.phase).toBe('superseded');
  });

  it('for another reason stops with that reason', async () => {
    const { server, viewer } = await startWatching();
    await viewer.watch(5_000);
    server.refuseAll('chapter_locked');
    await viewer.watch(6_000);
    expect(viewer.status).toMatchObject({ phase: 'refused', refusalCode: 'chapter_locked' });
  });
});

describe('what cannot be counted', () => {
  it('because the playhead was moved by force is played again from the credited point', async () => {
    const { viewer } = await startWatching();
    await viewer.watch(10_000);
    viewer.seek(30_000);
    await viewer.watch(12_000);
    expect(viewer.lostMs).toHaveLength(1);
    await viewer.watch(60_000);
    expect(viewer.isWatched).toBe(true);
  });

  it('never leaves the person at the end with nothing to do', async () => {
    const { viewer } = await startWatching();
    await viewer.watch(10_000);
    viewer.reporter.seek();
    viewer.positionMs = 60_000;
    viewer.isPlaying = false;
    viewer.reporter.end(60_000);
    await viewer.watch(70_000);
    expect(viewer.isWatched).toBe(true);
  });
});

describe('an honest person, whatever the line does', () => {
  const act = fc.oneof(
    fc.record({ kind: fc.constant('watch' as const), ms: fc.integer({ min: 250, max: 40_000 }) }),
    fc.record({ kind: fc.constant('away' as const), ms: fc.integer({ min: 250, max: 400_000 }) }),
    fc.record({ kind: fc.constant('pause' as const), ms: fc.integer({ min: 250, max: 1_200_000 }) }),
    fc.record({ kind: fc.constant('back' as const), ms: fc.integer({ min: 250, max: 30_000 }) }),
    fc.record({ kind: fc.constant('lose' as const), ms: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ kind: fc.constant('slow' as const), ms: fc.integer({ min: 0, max: 25_000 }) }),
  );

  it('never sees the credit fall, never has more than the clock gave, and always finishes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 10 }), async (acts) => {
        const { clock, server, viewer } = await startWatching(90_000);
        let creditedMs = 0;
        for (const { kind, ms } of acts) {
          if (kind === 'lose') server.answersToLose = ms;
          if (kind === 'slow') server.latencyMs = ms;
          if (kind === 'back' && !viewer.isWatched) viewer.seek(Math.max(0, viewer.positionMs - ms));
          if (kind === 'pause' && !viewer.isWatched) viewer.pause();
          server.isLineCut = kind === 'away';
          await viewer.watch(kind === 'lose' || kind === 'slow' || kind === 'back' ? 2_000 : ms);
          server.isLineCut = false;
          if (kind === 'pause' && !viewer.isWatched) viewer.play();
          expect(viewer.status.creditedMs).toBeGreaterThanOrEqual(creditedMs);
          expect(server.credit.creditedMs).toBeLessThanOrEqual(clock.nowMs);
          creditedMs = viewer.status.creditedMs;
        }
        server.latencyMs = 20;
        await viewer.watch(240_000);
        expect({ ...viewer.status, server: server.credit, p: viewer.positionMs, w: viewer.isPlaying, n: server.openings, keys: viewer.keys.count }).toMatchObject({ phase: 'watched' });
      }),
      { numRuns: 600 },
    );
  });
});
