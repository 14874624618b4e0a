import { LIMITS } from '../limits.ts';

/** The renditions that are made of a source, by its picture. Sizes in pixels, rates in kilobits a second. */
export interface Rung {
  /** The short side of the picture, which names the rendition: 720 for 1280 × 720 and for 720 × 1280. */
  readonly side: number;
  readonly width: number;
  readonly height: number;
  readonly maxVideoKbps: number;
  readonly audioKbps: number;
  /** The lowest one, for bad lines: the sound as it should be, and a picture that changes two or three times a second. */
  readonly isSoundFirst: boolean;
}

export interface FrameRate {
  readonly numerator: number;
  readonly denominator: number;
}

const STANDARD_SIDES = [1080, 720, 480, 240] as const;
const SOUND_FIRST_SIDE = 144;

// Slides compress far below these; they bound a busy picture, so that a phone on a mobile line can hold the lowest one.
const MAX_VIDEO_KBPS: readonly (readonly [side: number, kbps: number])[] = [
  [240, 300],
  [360, 800],
  [480, 1_400],
  [720, 2_500],
  [1080, 4_500],
];

// A step of less than a quarter saves nobody's line.
const SMALLEST_STEP = 0.75;
const FULL_SOUND_SIDE = 480;

// With its sound 64 kbit/s: half of what a mobile contract that has used up its month still gives (128 kbit/s). The sound is
// AAC-LC at 48: speech stays easy to follow, and every player knows it, as it does not HE-AAC, which ffmpeg cannot make either.
const SOUND_FIRST = { maxVideoKbps: 16, audioKbps: 48, isSoundFirst: true } as const;

const even = (pixels: number) => Math.max(2, Math.round(pixels / 2) * 2);

/**
 * The ladder for a picture as it is shown (after rotation, with square pixels), highest first, the one for bad lines last. Never
 * larger than the source: what it has not got cannot be added. Every rung keeps the aspect ratio, to the even number that 4:2:0
 * needs.
 */
export function ladderFor(picture: { readonly width: number; readonly height: number }): Rung[] {
  const sourceSide = Math.min(picture.width, picture.height);
  const topSide = Math.min(even(Math.floor(sourceSide / 2) * 2), STANDARD_SIDES[0]);
  const sized = (side: number) => ({
    side,
    width: even((picture.width * side) / sourceSide),
    height: even((picture.height * side) / sourceSide),
  });
  const sides = [topSide, ...STANDARD_SIDES.filter((side) => side <= topSide * SMALLEST_STEP)];
  const full = sides.map((side) => ({
    ...sized(side),
    maxVideoKbps: MAX_VIDEO_KBPS.find(([upTo]) => side <= upTo)?.[1] ?? 4_500,
    audioKbps: side >= FULL_SOUND_SIDE ? 128 : 96,
    isSoundFirst: false,
  }));
  const lowSide = Math.min(SOUND_FIRST_SIDE, even(Math.floor((topSide * SMALLEST_STEP) / 2) * 2));
  return [...full, { ...sized(lowSide), ...SOUND_FIRST }];
}

const MAX_FRAMES_A_SECOND = 30;
const MIN_FRAMES_A_SECOND = 10;

/**
 * The constant frame rate of every rendition: the source's, halved when it is above 30 (50 → 25, 60 → 30), and at least 10,
 * so that a slide show of one picture a minute still has a key frame where each segment begins.
 */
export function frameRateFor(source: FrameRate): FrameRate {
  const rate = source.numerator / source.denominator;
  if (!Number.isFinite(rate) || rate <= 0) return { numerator: MAX_FRAMES_A_SECOND, denominator: 1 };
  if (rate < MIN_FRAMES_A_SECOND) return { numerator: MIN_FRAMES_A_SECOND, denominator: 1 };
  if (rate <= MAX_FRAMES_A_SECOND) return source;
  if (rate <= 2 * MAX_FRAMES_A_SECOND)
    return { numerator: source.numerator, denominator: source.denominator * 2 };
  return { numerator: MAX_FRAMES_A_SECOND, denominator: 1 };
}

/** How segments and stills lie in the pictures of a constant frame rate; everything is counted in pictures, so that nothing drifts. */
export interface PicturePlan {
  /** The rung for bad lines shows each of these. */
  readonly soundFirstStep: number;
  readonly inSegment: number;
  /** A still for the seek bar is taken at each multiple of this. */
  readonly inStill: number;
}

const SOUND_FIRST_FRAMES_A_SECOND = 2.5;
const SEGMENT_STEPS = (LIMITS.segmentMs / 1_000) * SOUND_FIRST_FRAMES_A_SECOND;
const STILL_STEPS = (LIMITS.stillEveryMs / 1_000) * SOUND_FIRST_FRAMES_A_SECOND;

/**
 * A segment is 15 pictures of the rung for bad lines, and so a whole number of pictures of every rung: all begin at the same
 * instant, to the tick. That is 6 s for 10, 25 and 30 pictures a second, 6.006 s for 29.97, and between 5.4 and 6.5 s for odd rates.
 */
export function picturePlanFor({ numerator, denominator }: FrameRate): PicturePlan {
  const soundFirstStep = Math.round(numerator / denominator / SOUND_FIRST_FRAMES_A_SECOND);
  return {
    soundFirstStep,
    inSegment: soundFirstStep * SEGMENT_STEPS,
    inStill: soundFirstStep * STILL_STEPS,
  };
}

/** The segment that shows the picture of a still; both from 0. */
export function segmentOfStill(still: number): number {
  return Math.floor((still * STILL_STEPS) / SEGMENT_STEPS);
}

/** Where in the video a still was taken, by how long its segments are. */
export function stillPositionMs(still: number, segmentMs: number): number {
  return Math.round((still * segmentMs * STILL_STEPS) / SEGMENT_STEPS);
}
