import type { Readable } from 'node:stream';

const HEADER_BYTES = 8;
// A segment of six seconds has a few megabytes; what claims more than this is no segment.
const MAX_BOX_BYTES = 256 * 1024 ** 2;

/** A part of a fragmented MP4 as it comes out of ffmpeg: first the init segment, then media segments. */
export type Fragment =
  | { readonly kind: 'init'; readonly bytes: Buffer }
  | { readonly kind: 'segment'; readonly moof: Buffer; readonly mdat: Buffer };

interface Box {
  readonly type: string;
  readonly bytes: Buffer;
}

/** Whole boxes out of a stream, one at a time in memory. What is left when the stream ends half-way is not handed on. */
async function* readBoxes(stream: Readable): AsyncGenerator<Box> {
  let chunks: Buffer[] = [];
  let length = 0;
  let wanted = HEADER_BYTES;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    while (length >= wanted) {
      const [only, ...others] = chunks;
      const bytes = only && others.length === 0 ? only : Buffer.concat(chunks, length);
      const size = bytes.readUInt32BE(0);
      if (size < HEADER_BYTES || size > MAX_BOX_BYTES) throw new Error(`a box of ${size} bytes`);
      if (length < size) {
        chunks = [bytes];
        wanted = size;
        break;
      }
      yield { type: bytes.toString('latin1', 4, HEADER_BYTES), bytes: bytes.subarray(0, size) };
      chunks = [bytes.subarray(size)];
      length -= size;
      wanted = HEADER_BYTES;
    }
  }
}

/**
 * Cuts the output of ffmpeg's MP4 muxer (`frag_keyframe`) where its fragments end. Everything up to the first `moof` is the
 * init segment; a segment is a `moof` with its `mdat`.
 */
export async function* readFragments(stream: Readable): AsyncGenerator<Fragment> {
  const beginning: Buffer[] = [];
  let moof: Buffer | null = null;
  let hasInit = false;
  for await (const { type, bytes } of readBoxes(stream)) {
    if (type === 'moof') {
      if (!hasInit) yield { kind: 'init', bytes: Buffer.concat(beginning) };
      hasInit = true;
      moof = bytes;
    } else if (type === 'mdat' && moof) {
      yield { kind: 'segment', moof, mdat: bytes };
      moof = null;
    } else if (!hasInit) beginning.push(bytes);
  }
}
