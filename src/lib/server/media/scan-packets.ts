import type { UsableSource } from '#lib/domain/videos/inspection.ts';
import type { Timeline, TrackTimes } from '#lib/domain/videos/timeline.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { Config } from '../config.ts';
import { guardedLook } from './input-guard.ts';
import { LOOKING } from './program-limits.ts';
import { ProgramError, runProgram } from './run-program.ts';

// Nothing is decoded: this is the time to read 20 GB from a slow disk.
const MAX_SILENCE_MS = 120_000;
const LIMIT_MS = 40 * 60_000;
const ENTRIES = 'packet=stream_index,pts_time,dts_time,duration_time:packet_side_data=side_data_type';
const MILLISECONDS = 1_000;

const EMPTY: TrackTimes = { packets: 0, firstMs: 0, endMs: 0, backwardsMs: 0, longestStepMs: 0 };

/** Adds up one stream's packets. */
function trackClock() {
  let times: TrackTimes = EMPTY;
  let lastDtsMs: number | undefined;
  return {
    add(ptsMs: number, dtsMs: number, durationMs: number): void {
      const stepMs = lastDtsMs === undefined ? 0 : dtsMs - lastDtsMs;
      lastDtsMs = dtsMs;
      const isFirst = times.packets === 0;
      times = {
        packets: times.packets + 1,
        firstMs: isFirst ? ptsMs : Math.min(times.firstMs, ptsMs),
        endMs: isFirst ? ptsMs + durationMs : Math.max(times.endMs, ptsMs + durationMs),
        backwardsMs: times.backwardsMs + Math.max(0, -stepMs),
        longestStepMs: Math.max(times.longestStepMs, stepMs, durationMs),
      };
    },
    read: () => times,
  };
}

/** Reads ffprobe's lines `stream|pts|dts|duration`; `N/A` where a packet does not say. */
export function readPackets(source: UsableSource): { line: (text: string) => void; read: () => Timeline } {
  const picture = trackClock();
  const sound = trackClock();
  let isEncrypted = false;
  return {
    line(text) {
      if (text.includes('Encryption info')) isEncrypted = true;
      const [stream, pts = NaN, dts = NaN, duration = NaN] = text.split('|').map(Number);
      const track =
        stream === source.picture.stream ? picture : stream === source.sound.stream ? sound : null;
      const at = [dts, pts].find(Number.isFinite);
      if (!track || at === undefined) return;
      const shownAt = Number.isFinite(pts) ? pts : at;
      const lasts = Number.isFinite(duration) ? duration : 0;
      track.add(shownAt * MILLISECONDS, at * MILLISECONDS, lasts * MILLISECONDS);
    },
    read: () => ({ picture: picture.read(), sound: sound.read(), isEncrypted }),
  };
}

/** The times of every packet of picture and sound, without decoding any. Refused as `video_damaged` when it cannot be read. */
export async function scanPackets(
  config: Pick<Config, 'ffprobePath'>,
  file: string,
  source: UsableSource,
  signal?: AbortSignal,
): Promise<Timeline> {
  const packets = readPackets(source);
  try {
    await runProgram({
      program: config.ffprobePath,
      arguments: ['-v', 'error', '-show_entries', ENTRIES, '-of', 'compact=p=0:nk=1', ...guardedLook(file)],
      allowance: LOOKING,
      ...(signal ? { signal } : {}),
      silenceMs: MAX_SILENCE_MS,
      limitMs: LIMIT_MS,
      onLine: packets.line,
    });
  } catch (thrown) {
    if (thrown instanceof ProgramError) throw new Refusal('video_damaged');
    throw thrown;
  }
  return packets.read();
}
