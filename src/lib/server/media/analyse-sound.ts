import type { UsableSource } from '#lib/domain/videos/inspection.ts';
import { SHORTEST_STRETCH_MS, type Loudness, type Stretch } from '#lib/domain/videos/video-warnings.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { Config } from '../config.ts';
import { guardedInput } from './input-guard.ts';
import { heardSound, paddedSound } from './loudness.ts';
import { LOOKING } from './program-limits.ts';
import { ERROR_RATE, ProgramError, runProgram } from './run-program.ts';

// It reports twice a second while it works at all; two hours of sound take about a minute.
const MAX_SILENCE_MS = 120_000;
const LIMIT_MS = 60 * 60_000;
const SECONDS = 1_000;
const SILENCE_DB = -50;
/** Below the absolute gate of ITU-R BS.1770 nothing is measured; ffmpeg then says this. */
const UNHEARD_LUFS = -70;

export interface SoundAnalysis {
  /** Null when nothing was loud enough to be measured. */
  readonly loudness: Loudness | null;
  readonly silent: readonly Stretch[];
}

const NUMBERS = {
  integratedLufs: /^\s+I:\s+(\S+) LUFS$/,
  thresholdLufs: /^\s+Threshold:\s+(\S+) LUFS$/,
  rangeLu: /^\s+LRA:\s+(\S+) LU$/,
  truePeakDbtp: /^\s+Peak:\s+(\S+) dBFS$/,
} as const;

const MAX_KEPT_LINES = 4_000;
const SUMMARY = /^\[Parsed_ebur128_\d+ @ \w+\] Summary:$/;
const SILENCE = /^\[silencedetect @ \w+\] silence_(start|end): (-?[\d.]+)/;

const isOfInterest = (line: string) =>
  [SUMMARY, SILENCE, ...Object.values(NUMBERS)].some((pattern) => pattern.test(line));

function numberIn(lines: readonly string[], pattern: RegExp): number {
  return Number(lines.map((line) => pattern.exec(line)?.[1]).find((found) => found !== undefined) ?? NaN);
}

function loudnessIn(summary: readonly string[]): Loudness | null {
  const [integratedLufs, thresholdLufs, rangeLu, truePeakDbtp] = [
    numberIn(summary, NUMBERS.integratedLufs),
    numberIn(summary, NUMBERS.thresholdLufs),
    numberIn(summary, NUMBERS.rangeLu),
    numberIn(summary, NUMBERS.truePeakDbtp),
  ];
  if (![integratedLufs, rangeLu, truePeakDbtp].every(Number.isFinite) || integratedLufs <= UNHEARD_LUFS)
    return null;
  return { integratedLufs, thresholdLufs, rangeLu, truePeakDbtp };
}

/**
 * Reads what ffmpeg's filters `ebur128` and `silencedetect` say. Two summaries mean that the sound changed its form in the
 * middle and the filters began anew: refused as `video_sound_changes`, because the renditions would lose the common time.
 */
export function readSoundAnalysis(lines: readonly string[], endMs: number | null): SoundAnalysis {
  const summaries = lines.flatMap((line, index) => (SUMMARY.test(line) ? [index] : []));
  if (summaries.length > 1) throw new Refusal('video_sound_changes');
  const events = lines.flatMap((line) => {
    const found = SILENCE.exec(line);
    return found ? [{ kind: found[1], atMs: Math.max(0, Math.round(Number(found[2]) * SECONDS)) }] : [];
  });
  const silent = events.flatMap(({ kind, atMs }, index) => {
    if (kind !== 'start') return [];
    const toMs = events[index + 1]?.atMs ?? endMs;
    return toMs === null ? [] : [{ fromMs: atMs, toMs }];
  });
  return { loudness: loudnessIn(lines.slice(summaries[0] ?? lines.length)), silent };
}

/**
 * Decodes the sound once, and only the sound: how loud it is by EBU R 128, and where it is silent. Refused as `video_damaged`
 * when much of it cannot be decoded.
 */
export async function analyseSound(
  config: Pick<Config, 'ffmpegPath'>,
  file: string,
  source: UsableSource,
  signal?: AbortSignal,
): Promise<SoundAnalysis> {
  const filters = [
    ...heardSound(),
    ...paddedSound(source),
    'ebur128=peak=true:framelog=verbose',
    `silencedetect=noise=${SILENCE_DB}dB:duration=${SHORTEST_STRETCH_MS.silent / SECONDS}`,
  ];
  const said: string[] = [];
  try {
    await runProgram({
      program: config.ffmpegPath,
      arguments: [
        ...['-nostdin', '-hide_banner', '-v', 'info', '-nostats', '-vn', '-sn', '-dn', ...ERROR_RATE],
        ...guardedInput(file),
        ...['-map', `0:${source.sound.stream}`, '-af', filters.join(',')],
        ...['-progress', 'pipe:1', '-f', 'null', '-'],
      ],
      allowance: LOOKING,
      ...(signal ? { signal } : {}),
      silenceMs: MAX_SILENCE_MS,
      limitMs: LIMIT_MS,
      onLine: () => undefined,
      onErrorLine: (line) => {
        if (said.length < MAX_KEPT_LINES && isOfInterest(line)) said.push(line);
      },
    });
  } catch (thrown) {
    if (thrown instanceof ProgramError) throw new Refusal('video_damaged');
    throw thrown;
  }
  return readSoundAnalysis(said, source.durationMs);
}
