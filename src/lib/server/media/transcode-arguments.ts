import { frameRateFor, picturePlanFor, type PicturePlan, type Rung } from '#lib/domain/videos/ladder.ts';
import type { UsableSource } from '#lib/domain/videos/inspection.ts';
import { LIMITS } from '#lib/domain/limits.ts';
import type { Loudness } from '#lib/domain/videos/video-warnings.ts';
import { guardedInput } from './input-guard.ts';
import { heardSound, loudnessFilters, paddedSound } from './loudness.ts';
import { pictureWatch } from './picture-watch.ts';
import { ERROR_RATE } from './run-program.ts';

/** Where ffmpeg's outputs begin: 0, 1 and 2 are its input, its progress and its errors. */
const FIRST_OUTPUT = 3;

const SECONDS = 1_000;
const MICROSECONDS = 1_000_000;
const CONSTANT_RATE_FACTOR = 23;
const SOUND_FIRST_RATE_FACTOR = 28;
/** The picture of one segment, all at once if it must be: slides stand still and then change wholly. */
const SOUND_FIRST_BUFFER = LIMITS.segmentMs / SECONDS;
const STILL_WIDTH = 320;
const STILL_QUALITY = 5;
// x264 hands its pictures on so many later than they are shown, because of its B-frames (with its `b-pyramid`, which is on).
const REORDERED_PICTURES = 2;
/** No instant at which a segment can begin has this distance from one at which an AAC frame does, so that nothing is on the edge. */
const OFF_THE_EDGE_SECONDS = 0.003137;

/** What to make of which file. */
export interface Wanted {
  readonly file: string;
  readonly source: UsableSource;
  readonly loudness: Loudness | null;
  readonly rungs: readonly Rung[];
}

/** One decoding for all rungs and the stills. Picture and sound begin at 0 and end together, so that no player waits for either. */
function filterGraph({ source, loudness, rungs }: Wanted, plan: PicturePlan): string {
  const { picture, sound, durationMs } = source;
  const rate = frameRateFor(picture.frameRate);
  const heldMs = durationMs !== null && picture.durationMs !== null ? durationMs - picture.durationMs : 0;
  const [top] = rungs;
  const shared = [
    ...(picture.isInterlaced ? ['bwdif=mode=send_frame:deint=interlaced'] : []),
    // A larger source is made small once, before its pictures are multiplied: 8K for every rung would take minutes a minute.
    ...(top && picture.width > top.width ? [`scale=${top.width}:${top.height}`] : []),
    `fps=fps=${rate.numerator}/${rate.denominator}:start_time=0`,
    ...(heldMs > 0 ? [`tpad=stop_mode=clone:stop_duration=${heldMs / SECONDS}`] : []),
    'format=yuv420p',
    `split=${rungs.length + 1}${rungs.map((_, index) => `[p${index}]`).join('')}[s]`,
  ];
  const smallest = rungs.findLastIndex(({ isSoundFirst }) => !isSoundFirst);
  const scaled = rungs.map(({ width, height, isSoundFirst }, index) => {
    const step = isSoundFirst ? `framestep=${plan.soundFirstStep},` : '';
    const watched = index === smallest ? `,split[v${index}][watched]` : `[v${index}]`;
    return `[p${index}]${step}scale=${width}:${height},setsar=1${watched}`;
  });
  const stills = `[s]framestep=${plan.inStill},scale=${STILL_WIDTH}:-2,setsar=1,format=yuvj420p[stills]`;
  const heard = [
    ...heardSound(),
    ...loudnessFilters(loudness),
    ...paddedSound(source),
    `asplit=${rungs.length}${rungs.map((_, index) => `[h${index}]`).join('')}`,
  ];
  // Both sides the same cost hardly more than one, and no player has to change the number of its channels.
  const both = '.5*c0+.5*c1';
  const mixed = rungs.map(
    ({ isSoundFirst }, index) =>
      `[h${index}]${isSoundFirst ? `pan=stereo|c0=${both}|c1=${both}` : 'anull'}[a${index}]`,
  );
  return [
    `[0:${picture.stream}]${shared.join(',')}`,
    ...scaled,
    `[watched]${pictureWatch()}`,
    stills,
    `[0:${sound.stream}]${heard.join(',')}`,
    ...mixed,
  ].join(';');
}

function encoding({ maxVideoKbps, audioKbps, isSoundFirst }: Rung, plan: PicturePlan): string[] {
  const inSegment = String(isSoundFirst ? plan.inSegment / plan.soundFirstStep : plan.inSegment);
  const rateFactor = isSoundFirst ? SOUND_FIRST_RATE_FACTOR : CONSTANT_RATE_FACTOR;
  const buffer = isSoundFirst ? SOUND_FIRST_BUFFER : 2;
  return [
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'high', '-crf', String(rateFactor)],
    ...['-maxrate', `${maxVideoKbps}k`, '-bufsize', `${buffer * maxVideoKbps}k`],
    ...(isSoundFirst ? ['-bf', '0'] : []),
    ...['-g', inSegment, '-keyint_min', inSegment, '-sc_threshold', '0'],
    ...['-c:a', 'aac', '-b:a', `${audioKbps}k`],
  ];
}

/** Fragments begin at key frames, with the same frames of sound in every rung although their pictures come at different times. */
function muxing(rung: Rung, source: UsableSource): string[] {
  const rate = frameRateFor(source.picture.frameRate);
  const reorderSeconds = rung.isSoundFirst ? 0 : (REORDERED_PICTURES * rate.denominator) / rate.numerator;
  const preload = Math.round((reorderSeconds + OFF_THE_EDGE_SECONDS) * MICROSECONDS);
  return [
    ...['-map_metadata', '-1', '-map_chapters', '-1', '-audio_preload', String(preload)],
    ...['-f', 'mp4', '-movflags', 'frag_keyframe+dash+delay_moov+skip_sidx+skip_trailer'],
  ];
}

/**
 * One run of ffmpeg that makes every rung as CMAF (fragmented MP4), in clear, into a pipe each, from file descriptor 3 on in their
 * order, and after them one with the stills (JPEG after JPEG). Key frames stand where segments begin, at the same instants in
 * every rung; titles and places in the source are left behind. Only what the picture watch finds is written, into the folder.
 */
export function transcodeArguments(wanted: Wanted): string[] {
  const { file, source, rungs } = wanted;
  const longestMs = source.durationMs ?? LIMITS.videoMaxMs + SECONDS; // one second too much is enough to be refused
  const longest = ['-t', String(longestMs / SECONDS)];
  const plan = picturePlanFor(frameRateFor(source.picture.frameRate));
  const pipe = (index: number) => `pipe:${FIRST_OUTPUT + index}`;
  return [
    ...['-nostdin', '-hide_banner', '-v', 'error', '-nostats', '-y'],
    // A picture that changes its size is scaled on in the same graph; a new graph would begin again at 0.
    ...[...ERROR_RATE, '-reinit_filter', '0'],
    ...guardedInput(file),
    ...['-filter_complex', filterGraph(wanted, plan)],
    ...['-progress', 'pipe:1'],
    ...rungs.flatMap((rung, index) => [
      ...['-map', `[v${index}]`, '-map', `[a${index}]`, ...longest],
      ...encoding(rung, plan),
      ...muxing(rung, source),
      pipe(index),
    ]),
    ...['-map', '[stills]', ...longest, '-c:v', 'mjpeg', '-q:v', String(STILL_QUALITY)],
    ...['-f', 'image2pipe', pipe(rungs.length)],
  ];
}
