import { finishRun, hasLapsed } from '#lib/domain/attendance/credit.ts';
import type { App } from '../app.ts';
import type { DB, Transaction } from '../db/database.ts';
import { getChapterCredit } from './attendance.queries.ts';
import { lockLiveViewing } from './viewing.queries.ts';
import { appendLeaseEvents, appendWatchedIntervals, closeViewings, leaseOf } from './heartbeat.queries.ts';
import { appendUncounted } from './uncounted.queries.ts';

/**
 * Closes the learner's live viewing, if there is one, at its last heartbeat and never later, and puts its run into the
 * ledger. One that has been silent for longer than the lease lives is 'expired', whatever the reason given; with
 * `'expired'` as the reason one that still lives stays open. Returns how the one that it closed was found.
 */
export async function closeLiveViewing(
  app: Pick<App, 'clock' | 'config'>,
  trx: Transaction<DB>,
  driverId: string,
  reason: 'superseded' | 'expired' | 'signedOut',
): Promise<{ readonly hasLapsed: boolean } | undefined> {
  const viewing = await lockLiveViewing(trx, app.clock, driverId);
  if (!viewing) return undefined;
  const lease = leaseOf(viewing);
  const isLapsed = hasLapsed(lease, viewing.now.getTime(), app.config.attendanceLimits);
  if (reason === 'expired' && !isLapsed) return undefined;
  const closeReason = isLapsed ? 'expired' : reason;
  await closeViewings(trx, [{ viewing, at: lease.lastBeatAt, reason: closeReason }]);
  const { attendanceId, chapterId, id: viewingId } = viewing;
  const run = finishRun(lease.run);
  if (run) await appendWatchedIntervals(trx, [{ attendanceId, chapterId, viewingId, run }]);
  const event = { attendanceId, chapterId, viewingId, at: viewing.now };
  await appendLeaseEvents(trx, [{ ...event, kind: 'closed', reason: closeReason }]);
  // What the player had reported and the clock had not credited yet has to be played again.
  const { creditedMs: fromMs, reportedMs: toMs } = await getChapterCredit(trx, attendanceId, chapterId);
  if (toMs > fromMs) {
    await appendUncounted(trx, [{ ...event, reason: closeReason, isOver: true, media: { fromMs, toMs } }]);
  }
  return { hasLapsed: isLapsed };
}
