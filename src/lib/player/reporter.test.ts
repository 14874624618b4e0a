import { describe, expect, it } from 'vitest';
import { FakeServer, TestClock } from './fake-line.ts';
import { startWatching, Viewer } from './fake-viewer.ts';

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

  it('that goes just before a heartbeat, hangs for 40 seconds and is not said to be back costs nothing either', async () => {
    const { server, viewer } = await startWatching(120_000);
    await viewer.watch(9_750);
    server.latencyMs = 1e9;
    await viewer.watch(40_000);
    expect(viewer.positionMs).toBe(49_750);
    server.latencyMs = 1_000;
    await viewer.watch(8_500);
    expect(viewer.status).toMatchObject({ isLineBroken: false, phase: 'open' });
    expect(viewer.status.creditedMs).toBeGreaterThan(49_750);
    expect(viewer.positionMs).toBe(58_250);
    await viewer.watch(70_000);
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
    expect(viewer.positionMs).toBeLessThanOrEqual(savedMs + 71_000);
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

  it('that hangs is given up after five seconds, and a late answer is taken once', async () => {
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
