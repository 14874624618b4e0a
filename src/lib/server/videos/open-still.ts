import { z } from 'zod';
import { segmentOfStill } from '#lib/domain/videos/ladder.ts';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { decryptStill } from '../media/encrypt.ts';
import { segmentKey } from '../media/segment-key.ts';
import { stillKey } from '../media/store-stills.ts';
import { unwrapSecret, wrappingKeysOf } from '../media/video-secret.ts';
import { VideoId } from './get-video.ts';
import { findVideoStills } from './video.queries.ts';

export const OpenStill = z.object({ videoId: VideoId, still: z.coerce.number().int().min(0).max(9_999) });

/**
 * One of the pictures of a video that is ready (a JPEG), for an administrator of its commission, who may see all of it. Refused:
 * `not_found`. Learners get none from here: their player opens the public ciphertext with the keys that it has been given.
 */
export async function openStill(
  app: App,
  { commissionCode }: Administrator,
  { videoId, still }: z.output<typeof OpenStill>,
): Promise<Buffer> {
  const video = await findVideoStills(app.db, commissionCode, videoId);
  if (!video?.wrappedSecret || !video.mediaPrefix || video.wrappingKeyId === null)
    throw new Refusal('not_found');
  if (still >= video.stillCount) throw new Refusal('not_found');
  const masterSecret = unwrapSecret(wrappingKeysOf(app.config), video.wrappedSecret, video.wrappingKeyId);
  const encrypted = await app.storage.read(stillKey(video.mediaPrefix, still));
  return decryptStill(encrypted, segmentKey(masterSecret, videoId, segmentOfStill(still)), still);
}
