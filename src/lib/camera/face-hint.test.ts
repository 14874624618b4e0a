import { describe, expect, it } from 'vitest';
import { hintOf, luminanceOf, ovalOf, type FaceBox } from './face-hint.ts';

const WIDE = { widthPx: 1280, heightPx: 720 };
const UPRIGHT = { widthPx: 720, heightPx: 1280 };
const LIGHT = 130;

/** A face of this height with its middle here. */
const face = (cx: number, cy: number, height: number): FaceBox => ({
  x: cx - height / 2,
  y: cy - height / 2,
  width: height,
  height,
});

describe('the hint for a face', () => {
  it.each([
    ['in the middle', [face(640, 360, 330)], 'good'],
    ['that is not there', [], 'nobody'],
    ['beside another one', [face(640, 360, 330), face(200, 200, 100)], 'several'],
    ['far away', [face(640, 360, 120)], 'far'],
    ['too near', [face(640, 360, 600)], 'near'],
    // The left of the picture is the person's right.
    ['at the left of the picture', [face(400, 360, 330)], 'moveLeft'],
    ['at the right of the picture', [face(880, 360, 330)], 'moveRight'],
    ['too high', [face(640, 200, 330)], 'moveDown'],
    ['too low', [face(640, 520, 330)], 'moveUp'],
  ] as const)('%s', (_, faces, hint) => {
    expect(hintOf(faces, WIDE, LIGHT)).toBe(hint);
  });

  it('goes by the width of a phone held upright', () => {
    expect(hintOf([face(360, 640, 420)], UPRIGHT, LIGHT)).toBe('good');
    expect(hintOf([face(360, 640, 180)], UPRIGHT, LIGHT)).toBe('far');
    expect(hintOf([face(360, 300, 420)], UPRIGHT, LIGHT)).toBe('moveDown');
  });

  it('speaks of the light first, and of nothing else while nobody has looked for faces', () => {
    expect(hintOf([], WIDE, 20)).toBe('dark');
    expect(hintOf(null, WIDE, 250)).toBe('bright');
    expect(hintOf(null, WIDE, LIGHT)).toBeNull();
  });

  it('says nothing of a picture whose size is not known', () => {
    expect(hintOf(null, { widthPx: 0, heightPx: 0 }, LIGHT)).toBeNull();
  });
});

describe('the oval', () => {
  it.each([WIDE, UPRIGHT, { widthPx: 640, heightPx: 480 }])('lies within %o', (frame) => {
    const { cx, cy, rx, ry } = ovalOf(frame);
    expect(Math.min(cx - rx, cy - ry)).toBeGreaterThan(0);
    expect([cx, cy]).toEqual([frame.widthPx / 2, frame.heightPx / 2]);
    expect(ry).toBeGreaterThan(rx);
  });
});

describe('the brightness of a picture', () => {
  const SMALL = { widthPx: 40, heightPx: 30 };
  /** A picture whose pixels are as `grey` says, by their place. */
  const picture = (grey: (x: number, y: number) => number) =>
    Array.from({ length: 40 * 30 }, (_, pixel) => {
      const value = grey(pixel % 40, Math.floor(pixel / 40));
      return [value, value, value, 255];
    }).flat();

  it('is 0 for black, 255 for white', () => {
    const black = picture(() => 0);
    const white = picture(() => 255);
    expect(luminanceOf(black, SMALL)).toBe(0);
    expect(luminanceOf(white, SMALL)).toBeCloseTo(255);
  });

  it('is that of the face’s place, whatever is behind the person', () => {
    const inOval = (x: number, y: number) => Math.hypot((x - 20) / 8, (y - 15) / 10.6) < 1;
    const wall = picture((x, y) => (inOval(x, y) ? 30 : 250));
    const night = picture((x, y) => (inOval(x, y) ? 120 : 0));
    expect(luminanceOf(wall, SMALL)).toBeLessThan(40);
    expect(luminanceOf(night, SMALL)).toBeGreaterThan(110);
  });

  it('is that of a face wherever it is found, also half outside', () => {
    const aside = picture((x) => (x < 12 ? 100 : 0));
    expect(luminanceOf(aside, SMALL, { x: 0, y: 10, width: 12, height: 12 })).toBeCloseTo(100);
    expect(luminanceOf(aside, SMALL, { x: -6, y: -6, width: 12, height: 12 })).toBeCloseTo(100);
  });

  it('counts green most, as eyes do', () => {
    const green = Array.from({ length: 1_200 }, () => [0, 200, 0, 255]).flat();
    const purple = Array.from({ length: 1_200 }, () => [200, 0, 200, 255]).flat();
    expect(luminanceOf(green, SMALL)).toBeGreaterThan(luminanceOf(purple, SMALL));
  });

  it('of no picture is 0', () => {
    expect(luminanceOf([], { widthPx: 0, heightPx: 0 })).toBe(0);
  });
});
