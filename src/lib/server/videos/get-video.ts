import { z } from 'zod';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { summarise, type VideoSummary } from './list-videos.ts';
import { findVideoSummary } from './video.queries.ts';

export const VideoId = z.uuid();

/** One video of the administrator's commission. Refused as `not_found` when it is another's or there is none. */
export async function getVideo(app: App, actor: Administrator, videoId: string): Promise<VideoSummary> {
  const row = await findVideoSummary(app.db, actor.commissionCode, videoId);
  if (!row) throw new Refusal('not_found');
  return summarise(row);
}
