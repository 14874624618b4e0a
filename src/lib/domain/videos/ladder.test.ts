import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameRateFor, ladderFor, picturePlanFor, segmentOfStill, stillPositionMs } from './ladder.ts';

const sizes = (width: number, height: number) =>
  ladderFor({ width, height }).map((rung) => `${rung.width}x${rung.height}`);

describe('the ladder of renditions', () => {
  it('has four rungs for a full-HD source, and one for bad lines', () => {
    expect(sizes(1920, 1080)).toEqual(['1920x1080', '1280x720', '854x480', '426x240', '256x144']);
  });

  it('has fewer for a smaller source', () => {
    expect(sizes(1280, 720)).toEqual(['1280x720', '854x480', '426x240', '256x144']);
    expect(sizes(640, 360)).toEqual(['640x360', '426x240', '256x144']);
  });

  it('brings a 4K source down to 1080', () => {
    expect(sizes(3840, 2160)[0]).toBe('1920x1080');
  });

  it('keeps the size of a source that is smaller than every rung', () => {
    expect(sizes(320, 240)).toEqual(['320x240', '192x144']);
    expect(sizes(176, 144)).toEqual(['176x144', '132x108']);
  });

  it('does not make a rung that is hardly smaller than the one above', () => {
    expect(sizes(960, 540)).toEqual(['960x540', '426x240', '256x144']);
  });

  it('goes by the short side of a picture taken upright', () => {
    expect(sizes(1080, 1920).slice(0, 2)).toEqual(['1080x1920', '720x1280']);
  });

  it('has exactly one for bad lines, the last and lowest, of 64 kbit/s with its sound', () => {
    const rungs = ladderFor({ width: 1920, height: 1080 });
    expect(rungs.filter(({ isSoundFirst }) => isSoundFirst)).toEqual([rungs.at(-1)]);
    expect((rungs.at(-1)?.maxVideoKbps ?? 0) + (rungs.at(-1)?.audioKbps ?? 0)).toBe(64);
  });

  it('never enlarges, and has only even sides, for any picture', () => {
    fc.assert(
      fc.property(fc.integer({ min: 16, max: 8192 }), fc.integer({ min: 16, max: 8192 }), (width, height) => {
        const rungs = ladderFor({ width, height });
        expect(rungs.filter(({ isSoundFirst }) => isSoundFirst)).toEqual([rungs.at(-1)]);
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

describe('how segments lie in the pictures', () => {
  const seconds = (numerator: number, denominator = 1) =>
    (picturePlanFor({ numerator, denominator }).inSegment * denominator) / numerator;

  it('makes segments of six seconds for the usual rates', () => {
    for (const rate of [10, 15, 20, 25, 30]) expect(seconds(rate)).toBe(6);
    expect(seconds(30_000, 1_001)).toBeCloseTo(6.006, 6);
    expect(seconds(24)).toBe(6.25);
  });

  it('is a whole number of pictures in every rung, and about six seconds, for any rate', () => {
    const rates = fc.record({
      numerator: fc.integer({ min: 1, max: 120_000 }),
      denominator: fc.integer({ min: 1, max: 5_000 }),
    });
    fc.assert(
      fc.property(rates, (source) => {
        const made = frameRateFor(source);
        const { inSegment, inStill, soundFirstStep } = picturePlanFor(made);
        expect(inSegment % soundFirstStep).toBe(0);
        expect(inStill % soundFirstStep).toBe(0);
        const length = (inSegment * made.denominator) / made.numerator;
        expect(length).toBeGreaterThan(5.3);
        expect(length).toBeLessThan(6.7);
      }),
    );
  });
});

describe('a still', () => {
  it('belongs to the segment in which it was taken', () => {
    expect([0, 1, 2, 3, 6].map(segmentOfStill)).toEqual([0, 1, 3, 5, 10]);
    for (let still = 0; still < 720; still += 1) {
      expect(Math.floor(stillPositionMs(still, 6_000) / 6_000)).toBe(segmentOfStill(still));
    }
  });
});
