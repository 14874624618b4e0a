import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { releasedSegmentCount } from './segments.ts';

const STARTS = [0, 6_000, 12_000, 18_000];

describe('the segments whose keys may be handed out', () => {
  it('gives none before anything is released', () => {
    expect(releasedSegmentCount(STARTS, 0)).toBe(0);
    expect(releasedSegmentCount(STARTS, -1)).toBe(0);
  });

  it('gives the first segment with the first millisecond', () => {
    expect(releasedSegmentCount(STARTS, 1)).toBe(1);
  });

  it('gives the next segment only when the released position has passed its start', () => {
    expect(releasedSegmentCount(STARTS, 6_000)).toBe(1);
    expect(releasedSegmentCount(STARTS, 6_001)).toBe(2);
  });

  it('gives all of them at the end, and never more than there are', () => {
    expect(releasedSegmentCount(STARTS, 23_999)).toBe(4);
    expect(releasedSegmentCount(STARTS, Number.MAX_SAFE_INTEGER)).toBe(4);
    expect(releasedSegmentCount([], 5_000)).toBe(0);
  });

  it('gives nothing for a position that is no number', () => {
    expect(releasedSegmentCount(STARTS, Number.NaN)).toBe(0);
  });

  it('is the plain count of starts before the position, for any lecture', () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 12_000 }), { maxLength: 400 });
    fc.assert(
      fc.property(lengths, fc.integer({ min: 0, max: 3_000_000 }), (segmentLengths, releasedMs) => {
        let total = 0;
        const starts = segmentLengths.map((length) => (total += length) - length);
        expect(releasedSegmentCount(starts, releasedMs)).toBe(
          starts.filter((start) => start < releasedMs).length,
        );
      }),
    );
  });
});
