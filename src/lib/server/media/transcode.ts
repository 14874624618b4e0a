import type { UsableSource } from '#lib/domain/videos/inspection.ts';
import type { Rung } from '#lib/domain/videos/ladder.ts';
import type { Loudness } from '#lib/domain/videos/video-warnings.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { Config } from '../config.ts';
import type { OutputReader } from './package-video.ts';
import { TRANSCODING } from './program-limits.ts';
import { ProgramError, runProgram, TOO_MANY_ERRORS } from './run-program.ts';
import { transcodeArguments } from './transcode-arguments.ts';

// It reports twice a second while it works at all.
const MAX_SILENCE_MS = 120_000;
const MICROSECONDS = 1_000;

export interface Transcoding {
  readonly file: string;
  readonly source: UsableSource;
  /** Of the sound as it was measured; null leaves it as it is. */
  readonly loudness: Loudness | null;
  readonly rungs: readonly Rung[];
  /** A working folder of its own, for what the picture watch finds. */
  readonly folder: string;
  /** Who takes each rung, and the stills after them. */
  readonly readers: readonly OutputReader[];
  readonly signal: AbortSignal;
  /** From 0 to 1. Often; stays 0 when the source does not say how long it is. */
  readonly onProgress: (done: number) => void;
}

/** ffmpeg's word that much of the file cannot be decoded, or that it used up all that it may. */
function refusalFor(thrown: unknown): unknown {
  if (!(thrown instanceof ProgramError)) return thrown;
  if (thrown.exitCode === null) return new Refusal('video_too_costly');
  return thrown.exitCode === TOO_MANY_ERRORS ? new Refusal('video_damaged') : thrown;
}

/**
 * Makes every rung and the stills, and hands them over as they come. Refused as `video_damaged` or `video_too_costly`; throws a
 * fault when ffmpeg cannot, falls silent or is aborted, and what a reader throws. An ffmpeg that outlives its worker ends at the
 * next thing that it wants to hand over.
 */
export async function transcode(config: Pick<Config, 'ffmpegPath'>, work: Transcoding): Promise<void> {
  await runProgram({
    program: config.ffmpegPath,
    arguments: transcodeArguments(work),
    allowance: TRANSCODING,
    folder: work.folder,
    signal: work.signal,
    readers: work.readers,
    silenceMs: MAX_SILENCE_MS,
    onLine: (line) => {
      const doneMs = Number(/^out_time_us=(\d+)/.exec(line)?.[1]) / MICROSECONDS;
      if (doneMs > 0 && work.source.durationMs !== null)
        work.onProgress(Math.min(1, doneMs / work.source.durationMs));
    },
  }).catch((thrown: unknown) => {
    throw refusalFor(thrown);
  });
}
