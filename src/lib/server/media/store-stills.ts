import type { Readable } from 'node:stream';
import { segmentOfStill } from '#lib/domain/videos/ladder.ts';
import { encryptStill } from './encrypt.ts';
import { segmentKey } from './segment-key.ts';
import type { Packaging } from './store-rung.ts';

// ISO/IEC 10918-1: a picture begins with SOI and ends with EOI; inside, 0xFF is always followed by something else.
const END_OF_IMAGE = Buffer.from([0xff, 0xd9]);
const MAX_STILL_BYTES = 4 * 1024 ** 2;
/** The cover is looked for among the first of them: two minutes. */
const COVER_AMONG = 12;

export interface StoredStills {
  readonly count: number;
  /** The one with the most in it of the first two minutes: no black beginning, no empty title. Null when there are none. */
  readonly cover: number | null;
}

async function* readPictures(stream: Readable): AsyncGenerator<Buffer> {
  let begun: Buffer = Buffer.alloc(0);
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    begun = Buffer.concat([begun, chunk]);
    for (let end = begun.indexOf(END_OF_IMAGE); end >= 0; end = begun.indexOf(END_OF_IMAGE)) {
      yield begun.subarray(0, end + END_OF_IMAGE.length);
      begun = begun.subarray(end + END_OF_IMAGE.length);
    }
    if (begun.length > MAX_STILL_BYTES) throw new Error('a still has no end');
  }
}

export const stillKey = (prefix: string, index: number) => `${prefix}/stills/${index}.bin`;

/**
 * Stores the stills for the seek bar as ffmpeg makes them, each under the key of the segment that it shows: who may not see that
 * part of the video yet has no key for its stills either.
 */
export async function storeStills(work: Packaging, output: Readable): Promise<StoredStills> {
  let count = 0;
  let cover: { index: number; bytes: number } | null = null;
  for await (const picture of readPictures(output)) {
    const key = segmentKey(work.masterSecret, work.videoId, segmentOfStill(count));
    await work.storage.write(stillKey(work.prefix, count), encryptStill(picture, key, count));
    if (count < COVER_AMONG && picture.length > (cover?.bytes ?? 0))
      cover = { index: count, bytes: picture.length };
    count += 1;
  }
  return { count, cover: cover?.index ?? null };
}
