import { segmentIv } from './encrypt.ts';

/** What ffmpeg wrote down about one rendition; file names are relative to its playlist. */
export interface WrittenPlaylist {
  readonly initFile: string;
  readonly segments: readonly { readonly file: string; readonly seconds: number }[];
}

/** Reads ffmpeg's own media playlist. Throws a fault when it has no init segment, no segments or no end. */
export function readPlaylist(text: string): WrittenPlaylist {
  const lines = text.split(/\r?\n/);
  const initFile = /#EXT-X-MAP:URI="([^"]+)"/.exec(text)?.[1];
  const segments: { file: string; seconds: number }[] = [];
  for (const [index, line] of lines.entries()) {
    const seconds = /^#EXTINF:([\d.]+)/.exec(line)?.[1];
    const file = lines[index + 1];
    if (seconds !== undefined && file) segments.push({ file, seconds: Number(seconds) });
  }
  if (initFile === undefined || segments.length === 0 || !lines.includes('#EXT-X-ENDLIST')) {
    throw new Error('ffmpeg left an unfinished playlist');
  }
  return { initFile, segments };
}

/**
 * The playlist of one rendition (RFC 8216 §4.3): the clear init segment first, then each segment under a key of its own.
 * `key/<n>` is never answered by any server: the player has the keys from its heartbeats' replies.
 */
export function writeMediaPlaylist(segmentSeconds: readonly number[]): string {
  const entries = segmentSeconds.flatMap((seconds, index) => [
    `#EXT-X-KEY:METHOD=AES-128,URI="key/${index}",IV=0x${segmentIv(index).toString('hex')}`,
    `#EXTINF:${seconds.toFixed(6)},`,
    `${index}.m4s`,
  ]);
  return [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${Math.ceil(Math.max(...segmentSeconds))}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    '#EXT-X-MAP:URI="init.mp4"',
    ...entries,
    '#EXT-X-ENDLIST',
    '',
  ].join('\n');
}

export interface Variant {
  readonly side: number;
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
  /** RFC 6381, both tracks. */
  readonly codecs: string;
  readonly peakBitsPerSecond: number;
  readonly averageBitsPerSecond: number;
}

/** The playlist that names the renditions, in the order given: players begin with the first. */
export function writeMasterPlaylist(variants: readonly Variant[]): string {
  const entries = variants.flatMap((variant) => [
    `#EXT-X-STREAM-INF:BANDWIDTH=${variant.peakBitsPerSecond},AVERAGE-BANDWIDTH=${variant.averageBitsPerSecond}` +
      `,CODECS="${variant.codecs}",RESOLUTION=${variant.width}x${variant.height}` +
      `,FRAME-RATE=${variant.framesPerSecond.toFixed(3)}`,
    `${variant.side}/index.m3u8`,
  ]);
  return ['#EXTM3U', '#EXT-X-VERSION:7', '#EXT-X-INDEPENDENT-SEGMENTS', ...entries, ''].join('\n');
}

/** Where each segment starts and where the last one ends, in whole milliseconds from 0. */
export function timeline(segmentSeconds: readonly number[]): {
  segmentStartsMs: number[];
  durationMs: number;
} {
  let seconds = 0;
  const segmentStartsMs = segmentSeconds.map((length) => {
    const startMs = Math.round(seconds * 1_000);
    seconds += length;
    return startMs;
  });
  return { segmentStartsMs, durationMs: Math.round(seconds * 1_000) };
}

/** The RFC 6381 name of the H.264 stream in an init segment, out of its avcC box (ISO/IEC 14496-15 §5.3.3). */
export function avcCodec(initSegment: Buffer): string {
  const box = initSegment.indexOf('avcC', 0, 'latin1');
  if (box < 0) throw new Error('an init segment has no H.264 configuration');
  const PROFILE_OFFSET = 5; // after the type and the version
  return `avc1.${initSegment.subarray(box + PROFILE_OFFSET, box + PROFILE_OFFSET + 3).toString('hex')}`;
}
