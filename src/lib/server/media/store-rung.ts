import type { Readable } from 'node:stream';
import type { Rung } from '#lib/domain/videos/ladder.ts';
import { encryptSegment } from './encrypt.ts';
import { readFragments, type Fragment } from './fragments.ts';
import { timesOf, trackOf, type Track } from './mp4-boxes.ts';
import { avcCodec } from './playlist.ts';
import { segmentKey } from './segment-key.ts';
import type { Storage } from '../storage/storage.ts';

/** One try at one video: its keys, and the place in storage that is this try's alone. */
export interface Packaging {
  readonly videoId: string;
  readonly masterSecret: Buffer;
  readonly storage: Storage;
  /** `media/<video>/<try>`. */
  readonly prefix: string;
}

/** What has become of a rendition: its segments are stored, its playlist is not written yet. */
export interface StoredRung {
  readonly rung: Rung;
  readonly codec: string;
  /** Ticks of the picture's track in a second, where each segment starts in them, and where the last one ends. */
  readonly timescale: number;
  readonly starts: readonly number[];
  readonly end: number;
  /** Of the encrypted segments. */
  readonly sizes: readonly number[];
}

/**
 * Encrypts the segments of one rendition as ffmpeg makes them and stores them, while the next one is read: never more than two
 * of a rendition are in memory, and none is ever written to a disk in clear. While storage is slow, ffmpeg waits.
 */
export async function storeRung(work: Packaging, rung: Rung, output: Readable): Promise<StoredRung> {
  const folder = `${work.prefix}/${rung.side}`;
  const starts: number[] = [];
  const sizes: number[] = [];
  let end = 0;
  let codec = '';
  let track: Track | null = null;
  let writing = Promise.resolve();

  const take = (fragment: Fragment): { name: string; content: Buffer } => {
    if (fragment.kind === 'init') {
      track = trackOf(fragment.bytes, 'vide');
      codec = avcCodec(fragment.bytes);
      return { name: 'init.mp4', content: fragment.bytes };
    }
    if (!track) throw new Error('a segment came before its init segment');
    const index = starts.length;
    const { start, ticks } = timesOf(fragment.moof, track);
    const key = segmentKey(work.masterSecret, work.videoId, index);
    const content = encryptSegment([fragment.moof, fragment.mdat], key, index);
    starts.push(start);
    sizes.push(content.length);
    end = start + ticks;
    return { name: `${index}.m4s`, content };
  };

  try {
    for await (const fragment of readFragments(output)) {
      const { name, content } = take(fragment);
      await writing;
      writing = work.storage.write(`${folder}/${name}`, content);
      writing.catch(() => undefined); // it is awaited before the next one, or at the end
    }
  } finally {
    await writing;
  }
  return { rung, codec, timescale: (track as Track | null)?.timescale ?? 1, starts, end, sizes };
}
