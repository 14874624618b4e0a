import type { Readable } from 'node:stream';
import { frameRateFor, type FrameRate, type Rung } from '#lib/domain/videos/ladder.ts';
import {
  peakBitsPerSecond,
  PLAYLIST_FILE,
  writeMasterPlaylist,
  writeMediaPlaylist,
  type Variant,
} from './playlist.ts';
import { storeRung, type Packaging, type StoredRung } from './store-rung.ts';
import { storeStills, type StoredStills } from './store-stills.ts';

const AAC_LC = 'mp4a.40.2';
const BITS = 8;
const MILLISECONDS = 1_000;

/** Takes one output of ffmpeg to its end. */
export type OutputReader = (output: Readable) => Promise<void>;

export interface PackagedVideo {
  readonly durationMs: number;
  /** The same for every rendition. */
  readonly segmentStartsMs: number[];
  readonly stillCount: number;
  readonly coverStill: number | null;
}

export interface VideoPackage {
  /** For ffmpeg's outputs in their order: the renditions, then the stills. */
  readonly readers: readonly OutputReader[];
  /** When all outputs have ended well: writes the playlists. Throws a fault when the renditions do not agree to the tick. */
  finish(): Promise<PackagedVideo>;
}

/** a/b = c/d, whatever the scales. */
const isSameInstant = (a: number, b: number, c: number, d: number) =>
  BigInt(a) * BigInt(d) === BigInt(c) * BigInt(b);

/** The first rendition, when all others have the same segments. */
function aligned([first, ...others]: readonly StoredRung[]): StoredRung {
  if (!first || first.starts.length === 0) throw new Error('ffmpeg made no segments');
  for (const other of others) {
    const isAligned =
      other.starts.length === first.starts.length &&
      other.starts.every((start, index) =>
        isSameInstant(start, other.timescale, first.starts[index] ?? -1, first.timescale),
      );
    if (!isAligned) throw new Error('the renditions have different segments');
  }
  return first;
}

function lengths({ starts, end, timescale }: StoredRung): number[] {
  return starts.map((start, index) => ((starts[index + 1] ?? end) - start) / timescale);
}

function variantOf(
  { rung, codec, sizes }: StoredRung,
  segmentSeconds: readonly number[],
  frameRate: FrameRate,
): Variant {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return {
    ...rung,
    // Players like to stay with one frame rate; the rung for bad lines does not say that it has another, so that nobody passes it over.
    framesPerSecond: rung.isSoundFirst ? null : frameRate.numerator / frameRate.denominator,
    codecs: `${codec},${AAC_LC}`,
    peakBitsPerSecond: peakBitsPerSecond(sizes, segmentSeconds),
    averageBitsPerSecond: Math.ceil((sum(sizes) * BITS) / sum(segmentSeconds)),
  };
}

async function writePlaylists(
  work: Packaging,
  rungs: readonly StoredRung[],
  segmentSeconds: readonly number[],
  frameRate: FrameRate,
): Promise<void> {
  const list = Buffer.from(writeMediaPlaylist(segmentSeconds));
  for (const { rung } of rungs)
    await work.storage.write(`${work.prefix}/${rung.side}/${PLAYLIST_FILE}`, list);
  const master = writeMasterPlaylist(rungs.map((stored) => variantOf(stored, segmentSeconds, frameRate)));
  await work.storage.write(`${work.prefix}/master.m3u8`, Buffer.from(master));
}

/**
 * Turns ffmpeg's outputs, while it makes them, into what everybody may fetch: ciphertext and playlists in storage. `frameRate`
 * is the source's.
 */
export function packageVideo(
  work: Packaging,
  made: { readonly rungs: readonly Rung[]; readonly frameRate: FrameRate },
): VideoPackage {
  const frameRate = frameRateFor(made.frameRate);
  const stored: StoredRung[] = [];
  let stills: StoredStills = { count: 0, cover: null };
  return {
    readers: [
      ...made.rungs.map((rung, index): OutputReader => async (output) => {
        stored[index] = await storeRung(work, rung, output);
      }),
      async (output) => {
        stills = await storeStills(work, output);
      },
    ],
    async finish() {
      const first = aligned(stored);
      await writePlaylists(work, stored, lengths(first), frameRate);
      const milliseconds = (ticks: number) => Math.round((ticks * MILLISECONDS) / first.timescale);
      return {
        durationMs: milliseconds(first.end),
        segmentStartsMs: first.starts.map(milliseconds),
        stillCount: stills.count,
        coverStill: stills.cover,
      };
    },
  };
}
