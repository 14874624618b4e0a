import { frameRateFor, type Rung } from '#lib/domain/lectures/ladder.ts';
import type { UsableSource } from '#lib/domain/lectures/inspection.ts';
import type { Loudness } from '#lib/domain/lectures/video-warnings.ts';
import { LIMITS } from '#lib/domain/limits.ts';
import { guardedInput } from './input-guard.ts';
import { heardSound, loudnessFilters, paddedSound } from './loudness.ts';
import { pictureWatch } from './picture-watch.ts';
import { ERROR_RATE } from './run-program.ts';

/** What ffmpeg leaves in its folder for each rung: `<side>/index.m3u8` and what that names. */
export const PLAYLIST_FILE = 'index.m3u8';

const SECONDS = 1_000;
const SEGMENT_SECONDS = LIMITS.segmentMs / SECONDS;
const CONSTANT_RATE_FACTOR = 23;

/** What to make of which file. */
export interface Wanted {
  readonly file: string;
  readonly source: UsableSource;
  readonly loudness: Loudness | null;
  readonly rungs: readonly Rung[];
}

/** One decoding for all rungs. Picture and sound begin at 0 and end together, so that no player waits for either. */
function filterGraph({ source, loudness, rungs }: Wanted): string {
  const { picture, sound, durationMs } = source;
  const rate = frameRateFor(picture.frameRate);
  const heldMs = durationMs !== null && picture.durationMs !== null ? durationMs - picture.durationMs : 0;
  const shared = [
    ...(picture.isInterlaced ? ['bwdif=mode=send_frame:deint=interlaced'] : []),
    `fps=fps=${rate.numerator}/${rate.denominator}:start_time=0`,
    ...(heldMs > 0 ? [`tpad=stop_mode=clone:stop_duration=${heldMs / SECONDS}`] : []),
    'format=yuv420p',
    `split=${rungs.length}${rungs.map((_, index) => `[p${index}]`).join('')}`,
  ];
  const scaled = rungs.map(({ width, height }, index) => {
    const isSmallest = index === rungs.length - 1;
    const watched = isSmallest ? `,split[v${index}][watched]` : `[v${index}]`;
    return `[p${index}]scale=${width}:${height},setsar=1${watched}`;
  });
  const heard = [
    ...heardSound(),
    ...loudnessFilters(loudness),
    ...paddedSound(source),
    `asplit=${rungs.length}${rungs.map((_, index) => `[a${index}]`).join('')}`,
  ];
  return [
    `[0:${picture.stream}]${shared.join(',')}`,
    ...scaled,
    `[watched]${pictureWatch()}`,
    `[0:${sound.stream}]${heard.join(',')}`,
  ].join(';');
}

/**
 * One run of ffmpeg that makes every rung as CMAF segments (fragmented MP4 for HLS), in clear, into its working folder. Key
 * frames stand where segments begin, at the same instants in every rung; titles and places in the source are left behind.
 */
export function transcodeArguments(wanted: Wanted): string[] {
  const { file, source, rungs } = wanted;
  const longestMs = source.durationMs ?? LIMITS.videoMaxMs + SECONDS; // one second too much is enough to be refused
  return [
    ...['-nostdin', '-hide_banner', '-v', 'error', '-nostats', '-y'],
    // A picture that changes its size is scaled on in the same graph; a new graph would begin again at 0.
    ...[...ERROR_RATE, '-reinit_filter', '0'],
    ...guardedInput(file),
    ...['-filter_complex', filterGraph(wanted)],
    ...rungs.flatMap((_, index) => ['-map', `[v${index}]`, '-map', `[a${index}]`]),
    ...['-map_metadata', '-1', '-map_chapters', '-1'],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'high', '-crf', String(CONSTANT_RATE_FACTOR)],
    ...['-g', '9999', '-sc_threshold', '0', '-forced-idr', '1'],
    ...['-force_key_frames', `expr:gte(t,n_forced*${SEGMENT_SECONDS})`],
    ...rungs.flatMap(({ maxVideoKbps, audioKbps }, index) => [
      ...[`-maxrate:v:${index}`, `${maxVideoKbps}k`, `-bufsize:v:${index}`, `${2 * maxVideoKbps}k`],
      ...[`-b:a:${index}`, `${audioKbps}k`],
    ]),
    ...['-c:a', 'aac'],
    ...['-t', String(longestMs / SECONDS)],
    ...['-f', 'hls', '-hls_time', String(SEGMENT_SECONDS), '-hls_playlist_type', 'vod'],
    ...['-hls_segment_type', 'fmp4', '-hls_flags', 'independent_segments'],
    ...['-hls_segment_filename', '%v/%d.m4s'],
    ...['-var_stream_map', rungs.map(({ side }, index) => `v:${index},a:${index},name:${side}`).join(' ')],
    ...['-progress', 'pipe:1'],
    `%v/${PLAYLIST_FILE}`,
  ];
}
