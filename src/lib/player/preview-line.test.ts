import { describe, expect, it } from 'vitest';
import type { Heartbeat } from '#lib/domain/attendance/protocol.ts';
import { previewLine } from './preview-line.ts';

const DURATION_MS = 60_000;
const GRANT = { fromIndex: 0, keys: ['AAAAAAAAAAAAAAAAAAAAAA=='] };

async function open(isStrict: boolean) {
  const clock = { nowMs: 1_000_000 };
  let openings = 0;
  const line = previewLine({
    chapterId: 'chapter-1',
    isStrict,
    nowMs: () => clock.nowMs,
    openMedia: () => {
      openings += 1;
      return Promise.resolve({ durationMs: DURATION_MS, grant: GRANT });
    },
  });
  const opened = await line.open();
  let sequence = 0;
  const report = (fromMs: number, toMs: number, state: Heartbeat['state'] = 'playing') =>
    line.report({ viewingId: opened.viewingId, sequence: (sequence += 1), fromMs, toMs, state, keyCount: 1 });
  return { clock, line, opened, report, openings: () => openings };
}

describe('a preview', () => {
  it('has all keys from the beginning, and the server hears of each opening', async () => {
    const { line, opened, openings } = await open(false);
    expect(opened).toMatchObject({ durationMs: DURATION_MS, creditedMs: 0, grant: GRANT });
    await line.open();
    expect(openings()).toBe(2);
  });

  it('may be looked at anywhere, and is over with the last picture', async () => {
    const { report } = await open(false);
    expect(await report(40_000, 41_000)).toMatchObject({ creditedMs: 41_000, uncounted: null });
    expect(await report(10_000, 12_000)).toMatchObject({ creditedMs: 41_000, isChapterWatched: false });
    expect(await report(59_500, 60_000, 'paused')).toMatchObject({ isChapterWatched: false });
    expect(await report(60_000, 60_000, 'ended')).toMatchObject({ isChapterWatched: true });
  });

  it('holds whoever wants it to the rule of learners', async () => {
    const { clock, report } = await open(true);
    expect(await report(40_000, 41_000)).toMatchObject({
      creditedMs: 0,
      uncounted: { reason: 'not_contiguous', ms: 1_000 },
    });
    clock.nowMs += 10_000;
    expect(await report(0, 30_000)).toMatchObject({ creditedMs: 10_000 });
    clock.nowMs += 50_000;
    expect(await report(30_000, 60_000, 'ended')).toMatchObject({ isChapterWatched: true });
  });

  it('goes on after it was forgotten for a while, from where it was', async () => {
    const { clock, line, report } = await open(true);
    clock.nowMs += 5_000;
    await report(0, 5_000);
    clock.nowMs += 10 * 60_000;
    expect(await report(5_000, 6_000)).toMatchObject({ outcome: 'refused', code: 'viewing_expired' });
    expect(await line.open()).toMatchObject({ creditedMs: 5_000 });
  });
});
