/** One run of ffmpeg makes one chapter: slides cross-fade, a small car drives along the bottom, music comes in by pipe. */
import { spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { SAMPLE_RATE } from './loudness.ts';
import { FRAME, ROAD } from './slide.ts';
import { CROSS_FADE_MS } from './timing.ts';

const FRAMES_PER_SECOND = 30;
const FADE_FRAMES = Math.round((CROSS_FADE_MS * FRAMES_PER_SECOND) / 1000);

export interface ChapterVideo {
  readonly ffmpegPath: string;
  /** PNG files in the order of showing; each is faded in from `startMs`. */
  readonly slides: readonly { readonly file: string; readonly startMs: number; readonly endMs: number }[];
  readonly progressCarFile: string;
  readonly sound: Iterable<Buffer>;
  readonly durationMs: number;
  readonly outFile: string;
  /** A quarter of the pixels and half of the frames: for tests of pages, which play it on machines with other work. */
  readonly isSmall?: boolean;
}

/** A picture, turned into BT.709 once. */
const picture = (input: number, format: string): string =>
  `[${input}:v]scale=out_color_matrix=bt709:out_range=tv,format=${format}`;

/** Holds one picture for so many frames; −1 is for ever. `fps` says what xfade asks for: that the rate is constant. */
const hold = (frames: number): string =>
  `loop=loop=${frames < 0 ? -1 : frames - 1}:size=1,settb=1/${FRAMES_PER_SECOND},setpts=N,fps=${FRAMES_PER_SECOND}`;

/**
 * Stills and the fades between them are made apart and then joined, so that a chapter of sixty slides costs a frame no
 * more than one of five. A fade begins where its slide does.
 */
export function filterGraph(video: Pick<ChapterVideo, 'slides' | 'durationMs' | 'isSmall'>): string {
  const frameAt = (ms: number): number => Math.round((ms * FRAMES_PER_SECOND) / 1000);
  const steps: string[] = [];
  const joined: string[] = [];
  video.slides.forEach(({ startMs, endMs }, index) => {
    const isFirst = index === 0;
    const isLast = index === video.slides.length - 1;
    const uses = [isFirst ? '' : `[in${index}]`, `[still${index}]`, isLast ? '' : `[out${index}]`].filter(
      (use) => use !== '',
    );
    steps.push(`${picture(index, 'yuv420p')},split=${uses.length}${uses.join('')}`);
    if (!isFirst) {
      const before = index - 1;
      steps.push(
        `[out${before}]${hold(FADE_FRAMES)}[from${index}]`,
        `[in${index}]${hold(FADE_FRAMES)}[to${index}]`,
      );
      steps.push(
        `[from${index}][to${index}]xfade=transition=fade:duration=${FADE_FRAMES / FRAMES_PER_SECOND}:offset=0[fade${index}]`,
      );
      joined.push(`[fade${index}]`);
    }
    steps.push(
      `[still${index}]${hold(frameAt(endMs) - frameAt(startMs) - (isFirst ? 0 : FADE_FRAMES))}[held${index}]`,
    );
    joined.push(`[held${index}]`);
  });
  const durationSeconds = video.durationMs / 1000;
  const road = FRAME.width + ROAD.carWidth;
  return [
    ...steps,
    `${joined.join('')}concat=n=${joined.length}[slides]`,
    `${picture(video.slides.length, 'yuva420p')},${hold(-1)}[car]`,
    `[slides][car]overlay=x='-${ROAD.carWidth}+${road}*t/${durationSeconds}':y=${ROAD.carTop}:eval=frame:shortest=1,trim=duration=${durationSeconds}${video.isSmall ? `,scale=${FRAME.width / 2}:${FRAME.height / 2},fps=${FRAMES_PER_SECOND / 2}` : ''},format=yuv420p[picture]`,
  ].join(';');
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
      ...[
        '-c:v',
        'libx264',
        '-preset',
        'ultrafast',
        '-tune',
        'stillimage',
        '-crf',
        '20',
        '-profile:v',
        'high',
        '-pix_fmt',
        'yuv420p',
      ],
      ...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'],
      ...[
        '-r',
        String(video.isSmall ? FRAMES_PER_SECOND / 2 : FRAMES_PER_SECOND),
        '-g',
        '60',
        '-c:a',
        'aac',
        '-b:a',
        '128k',
      ],
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
  const [exitCode] = await Promise.all([
    ended,
    pipeline(Readable.from(video.sound), child.stdin).catch(() => undefined),
  ]);
  if (exitCode !== 0)
    throw new Error(`ffmpeg could not make ${video.outFile} (exit ${exitCode}): ${complaint}`);
}
