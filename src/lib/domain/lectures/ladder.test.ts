import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameRateFor, ladderFor } from './ladder.ts';

const sizes = (width: number, height: number) =>
  ladderFor({ width, height }).map((rung) => `${rung.width}x${rung.height}`);

describe('the ladder of renditions', () => {
  it('has three rungs for a full-HD source', () => {
    expect(sizes(1920, 1080)).toEqual(['1920x1080', '1280x720', '640x360']);
  });

  it('has two for 720p', () => {
    expect(sizes(1280, 720)).toEqual(['1280x720', '640x360']);
  });

  it('brings a 4K source down to 1080', () => {
    expect(sizes(3840, 2160)[0]).toBe('1920x1080');
  });

  it('keeps the size of a source that is smaller than every rung', () => {
    expect(sizes(320, 240)).toEqual(['320x240']);
  });

  it('does not make a rung that is hardly smaller than the one above', () => {
    expect(sizes(1422, 800)).toEqual(['1422x800', '640x360']);
  });

  it('goes by the short side of a picture taken upright', () => {
    expect(sizes(1080, 1920)).toEqual(['1080x1920', '720x1280', '360x640']);
  });

  it('never enlarges, and has only even sides, for any picture', () => {
    fc.assert(
      fc.property(fc.integer({ min: 16, max: 8192 }), fc.integer({ min: 16, max: 8192 }), (width, height) => {
        const rungs = ladderFor({ width, height });
        expect(rungs.length).toBeGreaterThan(0);
        for (const rung of rungs) {
          expect((rung.width % 2) + (rung.height % 2)).toBe(0);
          expect(Math.min(rung.width, rung.height)).toBeLessThanOrEqual(Math.min(width, height));
        }
        expect(new Set(rungs.map((rung) => rung.side)).size).toBe(rungs.length);
      }),
    );
  });
});

describe('the frame rate', () => {
  const rate = (numerator: number, denominator = 1) => {
    const made = frameRateFor({ numerator, denominator });
    return made.numerator / made.denominator;
  };

  it('is the source’s up to 30', () => {
    expect(rate(25)).toBe(25);
    expect(rate(30_000, 1_001)).toBeCloseTo(29.97);
  });

  it('is half of a fast source, so that every second frame is used whole', () => {
    expect(rate(50)).toBe(25);
    expect(rate(60_000, 1_001)).toBeCloseTo(29.97);
    expect(rate(240)).toBe(30);
  });

  it('is 10 for slides that hardly ever change, and 30 for a source that does not say', () => {
    expect(rate(1, 10)).toBe(10);
    expect(rate(0, 0)).toBe(30);
  });
});
