import { describe, expect, it } from 'vitest';
import { startWatching, Viewer } from './fake-viewer.ts';

/** Up to the last picture, which is shown when the credit trails by a few hundred milliseconds. */
async function watchAlmostAll(durationMs = 60_000) {
  const watching = await startWatching(durationMs);
  await watching.viewer.watch(durationMs - 1_000);
  return watching;
}

describe('a chapter that has been played to its end', () => {
  it('is finished by itself over a line on which every answer takes four seconds', async () => {
    const { server, viewer } = await watchAlmostAll();
    server.latencyMs = 4_000;
    await viewer.watch(20_000);
    expect(viewer.isWatched).toBe(true);
    expect(viewer.lostMs).toEqual([]);
  });

  it('is finished by itself over a line on which answers come after they were given up', async () => {
    const { server, viewer } = await watchAlmostAll();
    server.latencyMs = 12_000;
    await viewer.watch(60_000);
    expect(viewer.isWatched).toBe(true);
    expect(viewer.lostMs).toEqual([]);
  });

  it.each([1, 2, 7])('is finished by itself when %i answers are lost', async (count) => {
    const { server, viewer } = await watchAlmostAll();
    server.answersToLose = count;
    await viewer.watch(40_000);
    expect(viewer.isWatched).toBe(true);
    expect(server.openings).toBe(1);
  });

  it('is finished by itself after a line that was away for 40 seconds, with nothing to watch again', async () => {
    const { server, viewer } = await watchAlmostAll();
    server.isLineCut = true;
    await viewer.watch(40_000);
    expect(viewer.status.isLineBroken).toBe(true);
    server.isLineCut = false;
    await viewer.watch(10_000);
    expect(viewer.isWatched).toBe(true);
    expect(viewer.lostMs).toEqual([]);
  });

  it('is finished by itself after a line that was away for five minutes, with the last seconds shown again', async () => {
    const { server, viewer } = await watchAlmostAll();
    server.isLineCut = true;
    await viewer.watch(300_000);
    server.isLineCut = false;
    await viewer.watch(30_000);
    expect(viewer.isWatched).toBe(true);
    expect(viewer.lostMs).toHaveLength(1);
    expect(viewer.lostMs[0]).toBeLessThanOrEqual(11_000);
  });

  it('is finished by itself when the tab has slept through its end', async () => {
    const { clock, server, viewer } = await watchAlmostAll();
    await viewer.watch(1_000);
    server.isLineCut = true;
    await clock.pass(20 * 60_000);
    server.isLineCut = false;
    await viewer.watch(30_000);
    expect(viewer.isWatched).toBe(true);
  });

  it.each([5_000, 600_000])(
    'is finished when the page was away for %i ms and comes back out of the memory of the browser',
    async (awayMs) => {
      const { clock, server, viewer } = await watchAlmostAll();
      server.isLineCut = true;
      await viewer.watch(1_000);
      viewer.leave();
      await clock.pass(awayMs);
      server.isLineCut = false;
      viewer.reporter.end(viewer.positionMs);
      await viewer.watch(30_000);
      expect(viewer.isWatched).toBe(true);
    },
  );

  it('is finished when the last words were said as the page went away, and their answer never came', async () => {
    const { clock, server, viewer } = await watchAlmostAll();
    await viewer.watch(750);
    server.answersToLose = 1;
    viewer.reporter.advance(60_000);
    viewer.positionMs = 60_000;
    viewer.leave();
    await clock.pass(2_000);
    viewer.reporter.end(60_000);
    await viewer.watch(10_000);
    expect(viewer.isWatched).toBe(true);
  });

  it('is finished although the run had been cut a few frames before it', async () => {
    const { server, viewer } = await watchAlmostAll();
    viewer.reporter.advance(59_900);
    viewer.reporter.rest('waiting');
    viewer.positionMs = 59_900;
    viewer.isPlaying = false;
    viewer.reporter.end(59_950);
    await viewer.watch(3_000);
    expect(server.credit.creditedMs).toBe(60_000);
    expect(viewer.isWatched).toBe(true);
    expect(viewer.lostMs).toEqual([]);
  });

  it('is finished after the check whether somebody is there, be it so near the end', async () => {
    // The gate lies in the last segment, and the end comes before the next heartbeat that would tell of it.
    const { server, viewer } = await startWatching(58_000);
    server.credit = { ...server.credit, gateMs: 55_000 };
    await viewer.watch(70_000);
    expect(viewer.asked).not.toBeNull();
    void server.connect().answerPresence('check-1', 'pass');
    await viewer.watch(250);
    viewer.reporter.lineChanged(true);
    await viewer.watch(15_000);
    expect(viewer.isWatched).toBe(true);
    expect(viewer.lostMs).toEqual([]);
  });

  it('goes on where another device has finished it', async () => {
    const { clock, server, viewer: phone } = await watchAlmostAll();
    phone.pause();
    const computer = new Viewer(clock, server);
    await computer.start();
    await computer.watch(5_000);
    expect(computer.isWatched).toBe(true);
    await phone.watch(11_000);
    expect(phone.isWatched).toBe(true);
    const late = new Viewer(clock, server);
    await late.start();
    expect(late.isWatched).toBe(true);
  });
});
