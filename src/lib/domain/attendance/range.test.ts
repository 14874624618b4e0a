import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clampSeek, coversFromZero, unionLengthMs, type MediaInterval } from './range.ts';

function interval(fromMs: number, toMs: number): MediaInterval {
  return { fromMs, toMs };
}

const anyIntervals = fc.array(
  fc
    .tuple(fc.nat(1_000), fc.nat(300))
    .map(([fromMs, lengthMs]): MediaInterval => ({ fromMs, toMs: fromMs + lengthMs })),
  { maxLength: 12 },
);

describe('the watched intervals of a chapter', () => {
  it('cover it when each begins where another has already come', () => {
    expect(coversFromZero([interval(0, 10), interval(10, 20)], 20)).toBe(true);
    expect(coversFromZero([interval(8, 20), interval(0, 10)], 20)).toBe(true);
  });

  it('do not cover it with a gap of one millisecond, without the beginning or without the end', () => {
    expect(coversFromZero([interval(0, 10), interval(11, 20)], 20)).toBe(false);
    expect(coversFromZero([interval(1, 20)], 20)).toBe(false);
    expect(coversFromZero([interval(0, 19)], 20)).toBe(false);
    expect(coversFromZero([], 20)).toBe(false);
  });

  it('count what was watched twice once', () => {
    expect(unionLengthMs([interval(0, 10), interval(5, 15), interval(20, 25)])).toBe(20);
    expect(unionLengthMs([interval(0, 10), interval(2, 4)])).toBe(10);
    expect(unionLengthMs([])).toBe(0);
  });

  it('agree with a count of single milliseconds, in any order', () => {
    fc.assert(
      fc.property(anyIntervals, (intervals) => {
        const watched = new Set<number>();
        for (const { fromMs, toMs } of intervals) for (let ms = fromMs; ms < toMs; ms += 1) watched.add(ms);
        expect(unionLengthMs(intervals)).toBe(watched.size);
        let reachedMs = 0;
        while (watched.has(reachedMs)) reachedMs += 1;
        expect(coversFromZero(intervals, reachedMs)).toBe(true);
        expect(coversFromZero(intervals, reachedMs + 1)).toBe(false);
      }),
    );
  });
});

describe('a seek', () => {
  it('may go anywhere back', () => {
    expect(clampSeek(3_000, 20_000, 25_000)).toBe(3_000);
    expect(clampSeek(0, 20_000, 25_000)).toBe(0);
  });

  it('may go forward to what is credited, or to what was played here and is not reported yet', () => {
    expect(clampSeek(24_000, 20_000, 25_000)).toBe(24_000);
    expect(clampSeek(20_000, 20_000, 0)).toBe(20_000);
  });

  it('is held at the furthest point otherwise', () => {
    expect(clampSeek(60_000, 20_000, 25_000)).toBe(25_000);
    expect(clampSeek(Number.POSITIVE_INFINITY, 20_000, 0)).toBe(20_000);
  });

  it('to what is no place in the chapter lands at its beginning', () => {
    expect(clampSeek(Number.NaN, 20_000, 25_000)).toBe(0);
    expect(clampSeek(-5, 20_000, 25_000)).toBe(0);
  });
});
