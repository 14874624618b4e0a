/** The renditions that are made of a source, by its picture. Sizes in pixels, rates in kilobits a second. */
export interface Rung {
  /** The short side of the picture, which names the rendition: 720 for 1280 × 720 and for 720 × 1280. */
  readonly side: number;
  readonly width: number;
  readonly height: number;
  readonly maxVideoKbps: number;
  readonly audioKbps: number;
}

export interface FrameRate {
  readonly numerator: number;
  readonly denominator: number;
}

const STANDARD_SIDES = [1080, 720, 360] as const;

// Slides compress far below these; they bound a busy picture, so that a phone on a mobile line can hold the lowest one.
const MAX_VIDEO_KBPS: readonly (readonly [side: number, kbps: number])[] = [
  [240, 400],
  [360, 800],
  [480, 1_400],
  [720, 2_500],
  [1080, 4_500],
];

// A step of less than a quarter saves nobody's line.
const SMALLEST_STEP = 0.75;
const FULL_SOUND_SIDE = 480;

const even = (pixels: number) => Math.max(2, Math.round(pixels / 2) * 2);

/**
 * The ladder for a picture as it is shown (after rotation, with square pixels), highest first. Never larger than the
 * source: what it has not got cannot be added. Every rung keeps the aspect ratio, to the even number that 4:2:0 needs.
 */
export function ladderFor(picture: { readonly width: number; readonly height: number }): Rung[] {
  const sourceSide = Math.min(picture.width, picture.height);
  const topSide = Math.min(even(Math.floor(sourceSide / 2) * 2), STANDARD_SIDES[0]);
  const sides = [topSide, ...STANDARD_SIDES.filter((side) => side <= topSide * SMALLEST_STEP)];
  return sides.map((side) => ({
    side,
    width: even((picture.width * side) / sourceSide),
    height: even((picture.height * side) / sourceSide),
    maxVideoKbps: MAX_VIDEO_KBPS.find(([upTo]) => side <= upTo)?.[1] ?? 4_500,
    audioKbps: side >= FULL_SOUND_SIDE ? 128 : 96,
  }));
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
