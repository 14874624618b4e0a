import { z } from 'zod';
import { releasedMs } from '#lib/domain/attendance/credit.ts';
import type { Learner } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { findNativeViewing } from './native-viewing.queries.ts';

export const NativeViewing = z.object({ viewingId: z.uuid() });

/**
 * For browsers that play HLS by themselves and cannot be handed keys by a script: what this learner's live viewing may show now.
 * Somebody else's viewing, or none, is 'not_found'; one that has ended says how it ended.
 */
export async function findReleased(
  app: Pick<App, 'db' | 'clock' | 'config'>,
  learner: Learner,
  viewingId: string,
) {
  const viewing = await findNativeViewing(app.db, app.clock, viewingId);
  if (viewing?.driverId !== learner.driverId) throw new Refusal('not_found');
  const { closeReason, lastBeatAt, now } = viewing;
  if (closeReason === 'superseded') throw new Refusal('viewing_superseded');
  const { attendanceLimits } = app.config;
  const isLapsed = now.getTime() - lastBeatAt.getTime() > attendanceLimits.leaseTtlMs;
  // A viewing that finished its chapter shows the end of it for as long as it would have lived.
  if (isLapsed) throw new Refusal('viewing_expired');
  if (closeReason !== null && closeReason !== 'chapterDone') throw new Refusal('viewing_closed');
  return { ...viewing, releasedMs: releasedMs(viewing, attendanceLimits) };
}
