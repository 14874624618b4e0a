import type { Administrator } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { DB, Transaction } from '../db/database.ts';
import { findVideoSummary } from './video.queries.ts';

/**
 * The video that an administrator chose for a chapter, in the transaction that places it there. Refused: `not_found` when it is another
 * commission's or there is none, `video_not_ready`.
 */
export async function getReadyVideo(
  trx: Transaction<DB>,
  { commissionCode }: Administrator,
  videoId: string,
): Promise<{ readonly durationMs: number | null }> {
  const video = await findVideoSummary(trx, commissionCode, videoId);
  if (!video) throw new Refusal('not_found');
  if (video.state !== 'ready') throw new Refusal('video_not_ready');
  return { durationMs: video.durationMs };
}
