import { z } from 'zod';
import type { Learner } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { findReleased, NativeViewing } from './native-viewing.ts';

export const GetNativeKey = NativeViewing.extend({ index: z.coerce.number().int().min(0) });

/**
 * The key of one segment, 16 bytes, at once: whatever this viewing's playlist has listed is never refused as long as the viewing lives,
 * because credit never falls. One that is not released yet is 'not_found', and so is everything of somebody else's viewing.
 */
export async function getNativeKey(
  app: App,
  learner: Learner,
  { viewingId, index }: z.output<typeof GetNativeKey>,
): Promise<Buffer> {
  const { videoId, releasedMs } = await findReleased(app, learner, viewingId);
  const { keys } = await app.keyRelease.grant(videoId, releasedMs, index);
  const [key] = keys;
  if (key === undefined) throw new Refusal('not_found');
  return Buffer.from(key, 'base64');
}
