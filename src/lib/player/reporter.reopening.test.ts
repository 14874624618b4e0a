import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startWatching, Viewer } from './fake-viewer.ts';

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
    server.refuseAll('not_eligible');
    await viewer.watch(6_000);
    expect(viewer.status).toMatchObject({ phase: 'refused', refusalCode: 'not_eligible' });
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
          if (kind === 'back' && !viewer.isWatched) {
            viewer.seek(Math.max(0, viewer.positionMs - ms));
            viewer.play();
          }
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
        expect(viewer.isWatched).toBe(true);
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});
