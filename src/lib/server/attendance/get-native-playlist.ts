import { z } from 'zod';
import type { Learner } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { openMediaFile } from '../videos/open-media-file.ts';
import { writeNativePlaylist } from './native-playlist.ts';
import { findReleased, NativeViewing } from './native-viewing.ts';

export const GetNativePlaylist = NativeViewing.extend({
  /** The shorter side of the rendition in pixels; null for the playlist that names them all. */
  side: z
    .string()
    .regex(/^\d{1,4}$/)
    .nullable(),
});

/**
 * A playlist of this learner's live viewing for players that fetch keys by themselves: of one rendition, with only what is released so
 * far, or the one that names the renditions. Refused as `findReleased` says; a rendition that is not there is 'not_found'.
 */
export async function getNativePlaylist(
  app: App,
  learner: Learner,
  { viewingId, side }: z.output<typeof GetNativePlaylist>,
): Promise<string> {
  const { videoId, releasedMs } = await findReleased(app, learner, viewingId);
  // The renditions stand beside it under the names that they have everywhere.
  if (side === null) return readText(app, videoId, 'master.m3u8');
  const { keys } = await app.keyRelease.grant(videoId, releasedMs, 0);
  return writeNativePlaylist({
    whole: await readText(app, videoId, `${side}/index.m3u8`),
    mediaUrl: `/media/${videoId}/${side}`,
    keysUrl: `/media/native/${viewingId}/key`,
    segmentCount: keys.length,
  });
}

async function readText(app: App, videoId: string, file: string): Promise<string> {
  const opened = await openMediaFile(app, videoId, file);
  if (!opened) throw new Refusal('not_found');
  const chunks: Buffer[] = [];
  for await (const chunk of opened.stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
