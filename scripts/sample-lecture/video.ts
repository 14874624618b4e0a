/** One run of ffmpeg makes one chapter: slides cross-fade, a small car drives along the bottom, music comes in by pipe. */
import { spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { SAMPLE_RATE } from './loudness.ts';
import { FRAME, ROAD } from './slide.ts';
import { CROSS_FADE_MS } from './timing.ts';

const FRAMES_PER_SECOND = 30;
const fadeSeconds = CROSS_FADE_MS / 1000;

export interface ChapterVideo {
  readonly ffmpegPath: string;
  /** PNG files in the order of showing; each is faded in from `startMs`. */
  readonly slides: readonly { readonly file: string; readonly startMs: number; readonly endMs: number }[];
  readonly progressCarFile: string;
  readonly sound: Iterable<Buffer>;
  readonly durationMs: number;
  readonly outFile: string;
}

/** Every slide runs on by one cross-fade under the next; xfade's offset is where the next begins. */
export function filterGraph(video: Pick<ChapterVideo, 'slides' | 'durationMs'>): string {
  const durationSeconds = video.durationMs / 1000;
  const stills = video.slides.map(({ startMs, endMs }, index) => {
    const seconds = (endMs - startMs) / 1000 + fadeSeconds;
    return `[${index}:v]format=yuv420p,loop=loop=-1:size=1,setpts=N/${FRAMES_PER_SECOND}/TB,fps=${FRAMES_PER_SECOND},trim=duration=${seconds.toFixed(4)},settb=1/${FRAMES_PER_SECOND}[still${index}]`;
  });
  const fades = video.slides.slice(1).map(({ startMs }, index) => {
    const from = index === 0 ? 'still0' : `shown${index}`;
    return `[${from}][still${index + 1}]xfade=transition=fade:duration=${fadeSeconds}:offset=${(startMs / 1000).toFixed(4)}[shown${index + 1}]`;
  });
  const last = video.slides.length === 1 ? 'still0' : `shown${video.slides.length - 1}`;
  const road = FRAME.width + ROAD.carWidth;
  const car = `[${video.slides.length}:v]format=yuva420p,loop=loop=-1:size=1,setpts=N/${FRAMES_PER_SECOND}/TB[car]`;
  const drive = `[${last}][car]overlay=x='-${ROAD.carWidth}+${road}*t/${durationSeconds}':y=${ROAD.carTop}:eval=frame,trim=duration=${durationSeconds},format=yuv420p[picture]`;
  return [...stills, ...fades, car, drive].join(';');
}

/** Makes H.264 and AAC in an MP4 whose index stands first. Throws, with ffmpeg's last words, when it fails. */
export async function makeChapterVideo(video: ChapterVideo): Promise<void> {
  const soundInput = video.slides.length + 1;
  const stills = [...video.slides.map((slide) => slide.file), video.progressCarFile];
  const child = spawn(
    video.ffmpegPath,
    [
      ...['-hide_banner', '-loglevel', 'error', '-nostdin', '-y'],
      ...stills.flatMap((file) => ['-framerate', String(FRAMES_PER_SECOND), '-i', file]),
      ...['-f', 's16le', '-ar', String(SAMPLE_RATE), '-ac', '2', '-i', 'pipe:0'],
      ...['-filter_complex', filterGraph(video), '-map', '[picture]', '-map', `${soundInput}:a`],
      ...['-c:v', 'libx264', '-preset', 'veryfast', '-tune', 'stillimage', '-crf', '21', '-profile:v', 'high', '-pix_fmt', 'yuv420p'],
      ...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'],
      ...['-r', String(FRAMES_PER_SECOND), '-g', '60', '-c:a', 'aac', '-b:a', '128k'],
      ...['-t', String(video.durationMs / 1000), '-movflags', '+faststart', video.outFile],
    ],
    { stdio: ['pipe', 'ignore', 'pipe'] },
  );
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (words: string) => {
    complaint = (complaint + words).slice(-2_000);
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  // When ffmpeg dies early the pipe breaks too; its own words say more than EPIPE.
  const [exitCode] = await Promise.all([ended, pipeline(Readable.from(video.sound), child.stdin).catch(() => undefined)]);
  if (exitCode !== 0) throw new Error(`ffmpeg could not make ${video.outFile} (exit ${exitCode}): ${complaint}`);
}
