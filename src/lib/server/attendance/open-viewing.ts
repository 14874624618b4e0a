import { z } from 'zod';
import { openLease, releasedMs } from '#lib/domain/attendance/credit.ts';
import type { OpenedViewing } from '#lib/domain/attendance/protocol.ts';
import type { Learner } from '#lib/domain/people/actor.ts';
import type { App } from '../app.ts';
import {
  forgetUncreditedReport,
  getChapterCredit,
  getLeaseStart,
  insertViewing,
} from './attendance.queries.ts';
import { closeLiveViewing } from './close-live-viewing.ts';
import { appendLeaseEvents } from './heartbeat.queries.ts';
import { lockStep } from './lock-step.ts';

export const OpenViewing = z.object({ chapterId: z.uuid() });

/**
 * Opens the one live viewing that a person may have, on the chapter that comes next; a viewing that is still live
 * elsewhere is closed ('superseded') and keeps what it earned. Answers with the keys of all that is released, and with the
 * token for its heartbeats.
 */
export async function openViewing(
  app: App,
  learner: Learner,
  { chapterId }: z.output<typeof OpenViewing>,
): Promise<OpenedViewing & { readonly token: string }> {
  const limits = app.config.attendanceLimits;
  const { viewingId, credit } = await app.db.transaction().execute(async (trx) => {
    const { attendance } = await lockStep(app, trx, learner, { kind: 'watch', chapterId });
    await closeLiveViewing(app, trx, learner.driverId, 'superseded');
    const openedAt = await getLeaseStart(trx, app.clock, attendance.id);
    const credit = await getChapterCredit(trx, attendance.id, chapterId);
    await forgetUncreditedReport(trx, attendance.id, chapterId);
    const { run } = openLease(credit, openedAt.getTime());
    const viewingId = await insertViewing(trx, {
      attendanceId: attendance.id,
      chapterId,
      driverId: learner.driverId,
      sessionIdSha256: learner.sessionIdSha256,
      openedAt,
      lastBeatAt: openedAt,
      runFromMs: run.fromMs,
      runToMs: run.toMs,
      runStartedAt: openedAt,
      runEndedAt: openedAt,
    });
    await appendLeaseEvents(trx, [
      { attendanceId: attendance.id, chapterId, viewingId, at: openedAt, kind: 'opened' },
    ]);
    return { viewingId, credit };
  });
  const released = releasedMs(credit, limits);
  return {
    viewingId,
    chapterId,
    durationMs: credit.durationMs,
    creditedMs: credit.creditedMs,
    releasedMs: released,
    grant: await app.keyRelease.grant(chapterId, released, 0),
    heartbeatIntervalMs: limits.heartbeatIntervalMs,
    leaseTtlMs: limits.leaseTtlMs,
    contiguityMs: limits.contiguityMs,
    token: app.viewingTokens.sign({ ...learner, viewingId }),
  };
}
