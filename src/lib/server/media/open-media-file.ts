import type { Readable } from 'node:stream';
import type { App } from '../app.ts';
import { mediaPrefix } from './package-video.ts';

const VIDEO_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** All that a video consists of in public. Keys are not among it: they are nowhere in storage. */
const CONTENT_TYPES: readonly (readonly [file: RegExp, contentType: string])[] = [
  [/^(?:\d{1,4}\/index|master)\.m3u8$/, 'application/vnd.apple.mpegurl'],
  [/^\d{1,4}\/init\.mp4$/, 'video/mp4'],
  [/^\d{1,4}\/\d{1,5}\.m4s$/, 'application/octet-stream'],
];

export interface MediaFile {
  readonly stream: Readable;
  readonly bytes: number;
  readonly contentType: string;
}

/** A playlist, an init segment or an encrypted segment; undefined for anything else, whatever it is called. */
export async function openMediaFile(app: App, videoId: string, file: string): Promise<MediaFile | undefined> {
  const contentType = CONTENT_TYPES.find(([pattern]) => pattern.test(file))?.[1];
  if (contentType === undefined || !VIDEO_ID.test(videoId)) return undefined;
  const opened = await app.storage.open(`${mediaPrefix(videoId)}/${file}`);
  return opened && { ...opened, contentType };
}
