import { describe, expect, it } from 'vitest';
import { FakeServer, TestClock } from './fake-line.ts';
import { startWatching, Viewer } from './fake-viewer.ts';

function newPage(latencyMs: number) {
  const clock = new TestClock();
  const server = new FakeServer(clock, 120_000);
  server.latencyMs = latencyMs;
  return { clock, server, viewer: new Viewer(clock, server) };
}

describe('a viewing that is being opened', () => {
  it('is asked for once, however often the line is said to be back and the button is pressed', async () => {
    const { clock, server, viewer } = newPage(4_000);
    viewer.reporter.open();
    await clock.pass(1_000);
    for (let turn = 0; turn < 5; turn += 1) viewer.reporter.lineChanged(true);
    viewer.reporter.open();
    await clock.pass(20_000);
    expect(server.openings).toBe(1);
    expect(viewer.status.phase).toBe('open');
  });

  it('does not wait for half a minute on a connection that is dead, when the line is back', async () => {
    const { clock, server, viewer } = newPage(1e9);
    viewer.reporter.open();
    await clock.pass(10_000);
    server.latencyMs = 20;
    viewer.reporter.lineChanged(true);
    await clock.pass(7_000);
    expect(viewer.status.phase).toBe('open');
    expect(server.openings).toBe(1);
  });

  it('is opened once more when a try that was given up arrives late and closes it', async () => {
    const { clock, server, viewer } = newPage(70_000);
    viewer.reporter.open();
    await clock.pass(30_500);
    server.latencyMs = 20;
    await clock.pass(1_000);
    expect(viewer.status.phase).toBe('open');
    viewer.play();
    await viewer.watch(40_000);
    expect(server.openings).toBe(3);
    expect(viewer.status).toMatchObject({ phase: 'open', refusalCode: null });
    await viewer.watch(100_000);
    expect(viewer.isWatched).toBe(true);
  });

  it('is left to another device that takes it over, also after a bad beginning', async () => {
    const { clock, server, viewer: phone } = newPage(20);
    server.isLineCut = true;
    phone.reporter.open();
    await clock.pass(5_000);
    server.isLineCut = false;
    await clock.pass(5_000);
    phone.play();
    await phone.watch(12_000);
    const computer = new Viewer(clock, server);
    await computer.start();
    await phone.watch(12_000);
    expect(phone.status.phase).toBe('superseded');
  });

  it('goes on by itself after a takeover that nobody else made, once', async () => {
    const { server, viewer } = await startWatching(120_000);
    await viewer.watch(12_000);
    server.refuseAll('viewing_superseded');
    await viewer.watch(12_000);
    expect(viewer.status.phase).toBe('superseded');
  });
});
