import { describe, expect, it } from 'vitest';
import type { OpenedViewing } from '#lib/domain/attendance/protocol.ts';
import { findResumePoint } from './resume-point.ts';

function opened(creditedMs: number): OpenedViewing {
  return {
    viewingId: 'viewing-2',
    chapterId: 'chapter-1',
    durationMs: 60_000,
    creditedMs,
    releasedMs: 60_000,
    grant: { fromIndex: 0, keys: [] },
    heartbeatIntervalMs: 10_000,
    leaseTtlMs: 65_000,
    contiguityMs: 1_500,
  };
}

describe('a new viewing goes on', () => {
  it('at what is credited, when the page is fresh', () => {
    expect(findResumePoint(opened(24_000), null)).toEqual({ positionMs: 24_000, isMoved: true, lostMs: 0 });
  });

  it('where the playhead is, when the server can count on from there', () => {
    const before = { playheadMs: 25_200.4, furthestMs: 25_200 };
    expect(findResumePoint(opened(24_000), before)).toEqual({
      positionMs: 25_200,
      isMoved: false,
      lostMs: 0,
    });
  });

  it('where the person was watching again', () => {
    const before = { playheadMs: 5_000, furthestMs: 24_000 };
    expect(findResumePoint(opened(24_000), before)).toMatchObject({ positionMs: 5_000, isMoved: false });
  });

  it('at what is credited, and says what comes again, when the playhead ran ahead', () => {
    const before = { playheadMs: 40_000, furthestMs: 40_000 };
    expect(findResumePoint(opened(24_000), before)).toEqual({
      positionMs: 24_000,
      isMoved: true,
      lostMs: 16_000,
    });
  });

  it('where another device has come in the meantime', () => {
    const before = { playheadMs: 10_000, furthestMs: 10_000 };
    expect(findResumePoint(opened(24_000), before)).toEqual({ positionMs: 24_000, isMoved: true, lostMs: 0 });
  });
});
