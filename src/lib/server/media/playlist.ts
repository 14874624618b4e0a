import { segmentIv } from './encrypt.ts';

/** Of each rendition, in its folder. */
export const PLAYLIST_FILE = 'index.m3u8';

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

/**
 * Peak bit rate as RFC 8216 §4.3.4.2 means it: of segments, but not of one shorter than half the target, which counts together
 * with the one before it. Sizes in bytes.
 */
export function peakBitsPerSecond(sizes: readonly number[], seconds: readonly number[]): number {
  const half = Math.ceil(Math.max(...seconds)) / 2;
  const rates = sizes.map((size, index) => {
    const isShort = index > 0 && (seconds[index] ?? 0) < half;
    const from = isShort ? index - 1 : index;
    const bytes = isShort ? size + (sizes[from] ?? 0) : size;
    const length = seconds.slice(from, index + 1).reduce((sum, each) => sum + each, 0);
    return Math.ceil((bytes * 8) / length);
  });
  return Math.max(...rates);
}

export interface Variant {
  readonly side: number;
  readonly width: number;
  readonly height: number;
  /** Null: the playlist does not say. */
  readonly framesPerSecond: number | null;
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
      (variant.framesPerSecond === null ? '' : `,FRAME-RATE=${variant.framesPerSecond.toFixed(3)}`),
    `${variant.side}/index.m3u8`,
  ]);
  return ['#EXTM3U', '#EXT-X-VERSION:7', '#EXT-X-INDEPENDENT-SEGMENTS', ...entries, ''].join('\n');
}

/** The RFC 6381 name of the H.264 stream in an init segment, out of its avcC box (ISO/IEC 14496-15 §5.3.3). */
export function avcCodec(initSegment: Buffer): string {
  const box = initSegment.indexOf('avcC', 0, 'latin1');
  if (box < 0) throw new Error('an init segment has no H.264 configuration');
  const PROFILE_OFFSET = 5; // after the type and the version
  return `avc1.${initSegment.subarray(box + PROFILE_OFFSET, box + PROFILE_OFFSET + 3).toString('hex')}`;
}
