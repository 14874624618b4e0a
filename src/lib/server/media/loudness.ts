import type { UsableSource } from '#lib/domain/videos/inspection.ts';
import { gainFor, MAX_TRUE_PEAK_DBTP, type Loudness } from '#lib/domain/videos/video-warnings.ts';

const SOUND_HZ = 48_000;
const SECONDS = 1_000;
// The limiter looks at samples; between two of them the true peak can be higher by about so much.
const BETWEEN_SAMPLES_DB = 1;
// A gain that nobody hears is left out, so that such sound stays as it came.
const SMALLEST_GAIN_DB = 0.5;

const amplitude = (decibels: number) => 10 ** (decibels / 20);

/** The sound as learners will hear it, before its loudness is set: stereo, without holes, from 0 on. */
export function heardSound(): string[] {
  return [`aresample=${SOUND_HZ}:async=1:first_pts=0`, 'aformat=channel_layouts=stereo'];
}

/**
 * Brings the sound to −23 LUFS by the values that were measured of `heardSound` (EBU R 128): one gain for the whole of it, and
 * a limiter only where the gain would push peaks too high. Nothing when it is there already, or nothing was heard.
 */
export function loudnessFilters(loudness: Loudness | null): string[] {
  const gainDb = gainFor(loudness);
  if (!loudness || Math.abs(gainDb) < SMALLEST_GAIN_DB) return [];
  const isTooHigh = loudness.truePeakDbtp + gainDb > MAX_TRUE_PEAK_DBTP;
  const limit = amplitude(MAX_TRUE_PEAK_DBTP - BETWEEN_SAMPLES_DB).toFixed(4);
  return [
    `volume=${gainDb.toFixed(2)}dB:precision=float`,
    ...(isTooHigh ? [`alimiter=limit=${limit}:level=disabled:attack=5:release=100`] : []),
  ];
}

/** Silence up to the end of the picture, so that no player waits for either. */
export function paddedSound({ durationMs }: Pick<UsableSource, 'durationMs'>): string[] {
  return durationMs === null ? [] : [`apad=whole_dur=${durationMs / SECONDS}`];
}
