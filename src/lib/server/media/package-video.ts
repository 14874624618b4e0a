import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { frameRateFor, type FrameRate, type Rung } from '#lib/domain/lectures/ladder.ts';
import { encryptSegment } from './encrypt.ts';
import {
  avcCodec,
  readPlaylist,
  timeline,
  writeMasterPlaylist,
  writeMediaPlaylist,
  type Variant,
  type WrittenPlaylist,
} from './playlist.ts';
import { segmentKey } from './segment-key.ts';
import type { Storage } from '../storage/storage.ts';
import { PLAYLIST_FILE } from './transcode-arguments.ts';

const AAC_LC = 'mp4a.40.2';
const BITS = 8;
// Two rungs may differ by the rounding of a frame; more means that their segments do not begin together.
const ALIGNMENT_MS = 50;

export interface Packaging {
  readonly videoId: string;
  readonly masterSecret: Buffer;
  readonly rungs: readonly Rung[];
  readonly frameRate: FrameRate;
  /** Where ffmpeg left the clear segments. */
  readonly folder: string;
  readonly storage: Storage;
  readonly signal: AbortSignal;
}

/** Where the packaged files of a video stand in storage. */
export const mediaPrefix = (videoId: string) => `media/${videoId}`;

function assertAligned(lists: readonly WrittenPlaylist[]): void {
  const [first, ...others] = lists.map(({ segments }) => timeline(segments.map(({ seconds }) => seconds)));
  for (const other of others) {
    const isAligned =
      other.segmentStartsMs.length === first?.segmentStartsMs.length &&
      other.segmentStartsMs.every(
        (start, index) => Math.abs(start - (first.segmentStartsMs[index] ?? 0)) <= ALIGNMENT_MS,
      );
    if (!isAligned) throw new Error('the renditions have different segments');
  }
}

/** Encrypts one rendition's segments into storage, one after the other, and writes its playlist. */
async function packageRung(work: Packaging, rung: Rung, list: WrittenPlaylist): Promise<Variant> {
  const from = path.join(work.folder, String(rung.side));
  const to = `${mediaPrefix(work.videoId)}/${rung.side}`;
  const init = await readFile(path.join(from, list.initFile));
  await work.storage.write(`${to}/init.mp4`, init);
  let totalBits = 0;
  let peakBitsPerSecond = 0;
  for (const [index, { file, seconds }] of list.segments.entries()) {
    work.signal.throwIfAborted();
    const plain = await readFile(path.join(from, file));
    const encrypted = encryptSegment(plain, segmentKey(work.masterSecret, work.videoId, index), index);
    await work.storage.write(`${to}/${index}.m4s`, encrypted);
    totalBits += encrypted.length * BITS;
    peakBitsPerSecond = Math.max(peakBitsPerSecond, Math.ceil((encrypted.length * BITS) / seconds));
  }
  const segmentSeconds = list.segments.map(({ seconds }) => seconds);
  await work.storage.write(`${to}/${PLAYLIST_FILE}`, Buffer.from(writeMediaPlaylist(segmentSeconds)));
  const rate = frameRateFor(work.frameRate);
  return {
    ...rung,
    framesPerSecond: rate.numerator / rate.denominator,
    codecs: `${avcCodec(init)},${AAC_LC}`,
    peakBitsPerSecond,
    averageBitsPerSecond: Math.ceil((totalBits * 1_000) / timeline(segmentSeconds).durationMs),
  };
}

/**
 * Turns ffmpeg's clear segments into what everybody may fetch: ciphertext and playlists in storage. Answers the length and
 * the segments' starts in milliseconds, the same for every rendition. Throws a fault when the renditions do not agree.
 */
export async function packageVideo(
  work: Packaging,
): Promise<{ durationMs: number; segmentStartsMs: number[] }> {
  const lists = await Promise.all(
    work.rungs.map(async ({ side }) =>
      readPlaylist(await readFile(path.join(work.folder, String(side), PLAYLIST_FILE), 'utf8')),
    ),
  );
  assertAligned(lists);
  await work.storage.removeAll(mediaPrefix(work.videoId));
  const variants: Variant[] = [];
  for (const [index, rung] of work.rungs.entries()) {
    const list = lists[index];
    if (list) variants.push(await packageRung(work, rung, list));
  }
  const master = writeMasterPlaylist(variants);
  await work.storage.write(`${mediaPrefix(work.videoId)}/master.m3u8`, Buffer.from(master));
  return timeline(lists[0]?.segments.map(({ seconds }) => seconds) ?? []);
}
