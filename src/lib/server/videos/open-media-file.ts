import type { Readable } from 'node:stream';
import type { App } from '../app.ts';
import { findMediaPrefix } from './video.queries.ts';

const VIDEO_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** All that a video consists of in public. Keys are not among it: they are nowhere in storage. */
const CONTENT_TYPES: readonly (readonly [file: RegExp, contentType: string])[] = [
  [/^(?:\d{1,4}\/index|master)\.m3u8$/, 'application/vnd.apple.mpegurl'],
  [/^\d{1,4}\/init\.mp4$/, 'video/mp4'],
  [/^(?:\d{1,4}|stills)\/\d{1,5}\.(?:m4s|bin)$/, 'application/octet-stream'],
];

export interface MediaFile {
  readonly stream: Readable;
  readonly bytes: number;
  readonly contentType: string;
}

/** Where every try at a video has a folder of its own. */
export const mediaFolder = (videoId: string) => `media/${videoId}`;

// Where a video that is ready stands does not change any more. Of the rest nothing is remembered.
const known = new WeakMap<App, Map<string, string>>();
const MAX_KNOWN = 10_000;

/** Where the files of a video stand: those of the try that succeeded. Undefined before it is ready. */
export async function mediaPrefixOf(app: App, videoId: string): Promise<string | undefined> {
  const prefixes = known.get(app) ?? new Map<string, string>();
  known.set(app, prefixes);
  const remembered = prefixes.get(videoId);
  if (remembered !== undefined) return remembered;
  const found = await findMediaPrefix(app.db, videoId);
  if (typeof found !== 'string') return undefined;
  if (prefixes.size >= MAX_KNOWN) prefixes.clear();
  prefixes.set(videoId, found);
  return found;
}

/**
 * A playlist, an init segment, an encrypted segment or an encrypted still of a video that is ready; undefined for anything else,
 * whatever it is called.
 */
export async function openMediaFile(app: App, videoId: string, file: string): Promise<MediaFile | undefined> {
  const contentType = CONTENT_TYPES.find(([pattern]) => pattern.test(file))?.[1];
  if (contentType === undefined || !VIDEO_ID.test(videoId)) return undefined;
  const prefix = await mediaPrefixOf(app, videoId);
  if (prefix === undefined) return undefined;
  const opened = await app.storage.open(`${prefix}/${file}`);
  return opened && { ...opened, contentType };
}
