import type { UsableSource } from '#lib/domain/videos/inspection.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { Config } from '../config.ts';
import { guardedInput } from './input-guard.ts';
import { LOOKING } from './program-limits.ts';
import { ProgramError, runProgram } from './run-program.ts';

const TIMEOUT_MS = 120_000;

/** Decodes the first picture. Refused as `video_damaged` when none can be, be it broken or larger than it may be. */
export async function tryPicture(
  config: Pick<Config, 'ffmpegPath'>,
  file: string,
  source: UsableSource,
  signal?: AbortSignal,
): Promise<void> {
  let pictures = 0;
  try {
    await runProgram({
      program: config.ffmpegPath,
      arguments: [
        ...['-nostdin', '-hide_banner', '-v', 'error', '-nostats', '-an', '-sn', '-dn', '-threads', '1'],
        ...guardedInput(file),
        ...['-map', `0:${source.picture.stream}`, '-frames:v', '1', '-progress', 'pipe:1', '-f', 'null', '-'],
      ],
      allowance: LOOKING,
      ...(signal ? { signal } : {}),
      silenceMs: TIMEOUT_MS,
      limitMs: TIMEOUT_MS,
      onLine: (line) => {
        pictures = Number(/^frame=\s*(\d+)/.exec(line)?.[1] ?? pictures);
      },
    });
  } catch (thrown) {
    if (!(thrown instanceof ProgramError)) throw thrown;
  }
  if (pictures === 0) throw new Refusal('video_damaged');
}
