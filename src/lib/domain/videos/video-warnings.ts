import type { Source, UsableSource } from './inspection.ts';

/** EBU R 128 (2023): programme loudness, measured by ITU-R BS.1770, and the highest true peak. */
export const TARGET_LUFS = -23;
export const MAX_TRUE_PEAK_DBTP = -1;

/** From here on a difference is heard from one chapter to the next. R 128 itself allows 0.5. */
const LOUDNESS_TOLERANCE_LU = 3;
/** More would lift the noise of the room with the voice. */
export const MAX_GAIN_DB = 20;

const HD_SIDE_PX = 720;

/** As measured over the whole sound. */
export interface Loudness {
  readonly integratedLufs: number;
  readonly truePeakDbtp: number;
  readonly rangeLu: number;
  /** Of the gate below which nothing counted. */
  readonly thresholdLufs: number;
}

/** In milliseconds from the beginning. */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What picture and sound are found to hold in the course of the work. */
export interface Stretches {
  readonly frozen: readonly Stretch[];
  readonly black: readonly Stretch[];
  readonly silent: readonly Stretch[];
}

/**
 * What an administrator should know about a video that can be used all the same. `side` in pixels; `loudness` with what it was
 * and the gain that it got; `stretches` are the first ones of `count`.
 */
export type VideoWarning =
  | { readonly kind: 'interlaced' | 'hdr' | 'no_sound_heard' }
  | { readonly kind: 'small_picture'; readonly side: number }
  | { readonly kind: 'several_sounds'; readonly otherCount: number }
  | { readonly kind: 'loudness'; readonly integratedLufs: number; readonly gainDb: number }
  | {
      readonly kind: 'frozen' | 'black' | 'silent';
      readonly stretches: readonly Stretch[];
      readonly count: number;
    };

/** How long it must last before somebody should look: slides stand still for a while, chapters fade through black. */
export const SHORTEST_STRETCH_MS = { frozen: 30_000, black: 2_000, silent: 10_000 } as const;
const MAX_LISTED_STRETCHES = 20;

/** What brings a sound to the target, in decibels; 0 when nothing was heard. */
export function gainFor(loudness: Loudness | null): number {
  if (!loudness) return 0;
  return Math.min(MAX_GAIN_DB, TARGET_LUFS - loudness.integratedLufs);
}

function loudnessWarning(loudness: Loudness | null): VideoWarning[] {
  if (!loudness) return [{ kind: 'no_sound_heard' }];
  const { integratedLufs } = loudness;
  if (Math.abs(integratedLufs - TARGET_LUFS) <= LOUDNESS_TOLERANCE_LU) return [];
  return [{ kind: 'loudness', integratedLufs, gainDb: gainFor(loudness) }];
}

/** All warnings about a video, the ones about the whole of it first. */
export function warningsAbout(
  { picture, sound }: UsableSource,
  loudness: Loudness | null,
  stretches: Stretches,
): VideoWarning[] {
  const side = Math.min(picture.width, picture.height);
  return [
    ...(picture.isInterlaced ? [{ kind: 'interlaced' } as const] : []),
    ...(side < HD_SIDE_PX ? [{ kind: 'small_picture', side } as const] : []),
    ...(picture.isHdr ? [{ kind: 'hdr' } as const] : []),
    ...(sound.otherCount > 0 ? [{ kind: 'several_sounds', otherCount: sound.otherCount } as const] : []),
    ...loudnessWarning(loudness),
    ...(['frozen', 'black', 'silent'] as const).flatMap((kind) => {
      const found = stretches[kind].filter(({ fromMs, toMs }) => toMs - fromMs >= SHORTEST_STRETCH_MS[kind]);
      return found.length === 0
        ? []
        : [{ kind, stretches: found.slice(0, MAX_LISTED_STRETCHES), count: found.length }];
    }),
  ];
}

/** What is kept of an inspection, and shown with the video. Sizes in pixels as the picture is shown. */
export interface VideoInspection {
  readonly durationMs: number | null;
  readonly picture: {
    readonly codec: string;
    readonly width: number;
    readonly height: number;
    readonly framesPerSecond: number | null;
  } | null;
  readonly sound: { readonly codec: string; readonly channels: number; readonly sampleRateHz: number } | null;
  /** Null until it was measured, or when nothing was heard. */
  readonly loudness: Loudness | null;
  readonly warnings: readonly VideoWarning[];
}

function framesPerSecond({
  numerator,
  denominator,
}: {
  numerator: number;
  denominator: number;
}): number | null {
  const rate = numerator / denominator;
  return Number.isFinite(rate) && rate > 0 ? Math.round(rate * 100) / 100 : null;
}

/** The facts of a source, with what has been found out about it so far. */
export function inspectionOf(
  { durationMs, picture, sound }: Source,
  found: { readonly loudness: Loudness | null; readonly warnings: readonly VideoWarning[] },
): VideoInspection {
  return {
    durationMs,
    picture: picture && {
      codec: picture.codec,
      width: picture.width,
      height: picture.height,
      framesPerSecond: framesPerSecond(picture.frameRate),
    },
    sound: sound && { codec: sound.codec, channels: sound.channels, sampleRateHz: sound.sampleRateHz },
    loudness: found.loudness,
    warnings: found.warnings,
  };
}
