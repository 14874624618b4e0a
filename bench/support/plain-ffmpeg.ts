import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { FrameRate, Rung } from '#lib/domain/videos/ladder.ts';
import { picturePlanFor } from '#lib/domain/videos/ladder.ts';

const run = promisify(execFile);

/**
 * The limit: ffmpeg as anybody would call it, one decoding, the same ladder, rates and key frames, clear segments of fragmented MP4
 * by its own HLS muxer into a folder. No inspection, no loudness, no stills, no encryption.
 */
export async function transcodePlainly(
  ffmpegPath: string,
  source: string,
  folder: string,
  { rungs, frameRate }: { readonly rungs: readonly Rung[]; readonly frameRate: FrameRate },
): Promise<void> {
  for (const { side } of rungs) await mkdir(path.join(folder, String(side)), { recursive: true });
  const plan = picturePlanFor(frameRate);
  const names = (letter: string) => rungs.map((_, index) => `[${letter}${index}]`).join('');
  const graph = [
    `[0:v:0]fps=${frameRate.numerator}/${frameRate.denominator},format=yuv420p,split=${rungs.length}${names('p')}`,
    ...rungs.map(({ width, height, isSoundFirst }, index) => {
      const step = isSoundFirst ? `framestep=${plan.soundFirstStep},` : '';
      return `[p${index}]${step}scale=${width}:${height}[v${index}]`;
    }),
    `[0:a:0]aresample=48000,aformat=channel_layouts=stereo,asplit=${rungs.length}${names('a')}`,
  ];
  const encoding = rungs.flatMap(({ maxVideoKbps, audioKbps, isSoundFirst }, index) => {
    const inSegment = String(isSoundFirst ? plan.inSegment / plan.soundFirstStep : plan.inSegment);
    const bufferKbit = (isSoundFirst ? 6 : 2) * maxVideoKbps;
    return [
      ...[`-crf:v:${index}`, isSoundFirst ? '28' : '23', `-g:v:${index}`, inSegment],
      ...[`-maxrate:v:${index}`, `${maxVideoKbps}k`, `-bufsize:v:${index}`, `${bufferKbit}k`],
      ...[`-keyint_min:v:${index}`, inSegment, `-b:a:${index}`, `${audioKbps}k`],
      ...(isSoundFirst ? [`-bf:v:${index}`, '0'] : []),
    ];
  });
  const flags = [
    ...['-nostdin', '-v', 'error', '-y', '-i', source, '-filter_complex', graph.join(';')],
    ...rungs.flatMap((_, index) => ['-map', `[v${index}]`, '-map', `[a${index}]`]),
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'high', '-sc_threshold', '0', '-c:a', 'aac'],
    ...encoding,
    ...['-f', 'hls', '-hls_time', '5.5', '-hls_playlist_type', 'vod', '-hls_segment_type', 'fmp4'],
    ...['-hls_segment_filename', '%v/%d.m4s'],
    ...['-var_stream_map', rungs.map(({ side }, index) => `v:${index},a:${index},name:${side}`).join(' ')],
    '%v/index.m3u8',
  ];
  await run(ffmpegPath, flags, { cwd: folder });
}
