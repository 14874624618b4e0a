import { z } from 'zod';
import { openLease, releasedMs } from '#lib/domain/attendance/credit.ts';
import { isPresenceDue, reopenPresence } from '#lib/domain/attendance/presence.ts';
import type { OpenedViewing } from '#lib/domain/attendance/protocol.ts';
import { LIMITS } from '#lib/domain/limits.ts';
import type { Learner } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { forgetUncreditedReport, getChapterCredit } from './attendance.queries.ts';
import { countLateOpenings, getLeaseStart, insertViewing } from './viewing.queries.ts';
import { closeLiveViewing } from './close-live-viewing.ts';
import { appendLeaseEvents } from './heartbeat.queries.ts';
import type { DB, Transaction } from '../db/database.ts';
import { keepLectureSignIn } from '../sessions/lecture-sign-ins.ts';
import { retryConflict } from '../db/retry-conflict.ts';
import { lockStep } from './lock-step.ts';
import { facePresence, missPresence } from './presence.ts';
import { lockPresenceCheck } from './presence.queries.ts';

export const OpenViewing = z.object({ chapterId: z.uuid() });

/** Where a check that was asked before takes the chapter back when it counts as missed now; null when it is to be asked again. */
async function missOverdue(
  trx: Transaction<DB>,
  ids: { attendanceId: string; chapterId: string },
  gateMs: number,
  nowMs: number,
  hasLapsed: boolean,
): Promise<number | null> {
  const check = await lockPresenceCheck(trx, { ...ids, gateMs });
  if (!check || reopenPresence(check, nowMs, hasLapsed).kind !== 'missed') return null;
  return missPresence(trx, check, null, nowMs);
}

/** What is written when a viewing is opened, in one transaction that holds the attendance. */
async function open(app: App, trx: Transaction<DB>, learner: Learner, chapterId: string) {
  const { driverId, sessionIdSha256 } = learner;
  const { attendance } = await lockStep(app, trx, learner, { kind: 'watch', chapterId });
  const lately = await countLateOpenings(trx, app.clock, driverId);
  if (lately >= LIMITS.viewingOpeningsPerMinute) throw new Refusal('too_many_requests', { minutes: 1 });
  const ids = { attendanceId: attendance.id, chapterId };
  await keepLectureSignIn(trx, attendance.id, sessionIdSha256);
  const closed = await closeLiveViewing(app, trx, driverId, 'superseded');
  const openedAt = await getLeaseStart(trx, app.clock, attendance.id);
  const before = await getChapterCredit(trx, attendance.id, chapterId);
  const isDue = isPresenceDue(before);
  await forgetUncreditedReport(trx, attendance.id, chapterId);
  const openedMs = openedAt.getTime();
  const hasLapsed = closed?.hasLapsed ?? true;
  const overdue = isDue ? await missOverdue(trx, ids, before.gateMs!, openedMs, hasLapsed) : null;
  const credit = overdue === null ? before : { ...before, creditedMs: overdue, reportedMs: overdue };
  const { run } = openLease(credit, openedMs);
  const viewingId = await insertViewing(trx, {
    ...ids,
    driverId,
    sessionIdSha256,
    openedAt,
    lastBeatAt: openedAt,
    runFromMs: run.fromMs,
    runToMs: run.toMs,
    runStartedAt: openedAt,
    runEndedAt: openedAt,
  });
  await appendLeaseEvents(trx, [{ ...ids, viewingId, at: openedAt, kind: 'opened' }]);
  const viewing = { ...ids, id: viewingId, lease: null };
  const faced =
    isDue && overdue === null
      ? await facePresence(trx, viewing, before.gateMs!, openedMs, () => ({ kind: 'ask' }))
      : undefined;
  const { videoId } = before;
  return { viewingId, videoId, credit, presence: faced?.kind === 'asked' ? faced.presence : null };
}

/**
 * Opens the one live viewing that a person may have, on the chapter that comes next; a viewing that is still live
 * elsewhere is closed ('superseded') and keeps what it earned. Answers with the keys of all that is released, and with the
 * token for its heartbeats. Refused beside what lockStep refuses: more openings in a minute than a person can want (`too_many_requests`).
 */
export async function openViewing(
  app: App,
  learner: Learner,
  { chapterId }: z.output<typeof OpenViewing>,
): Promise<OpenedViewing & { readonly token: string }> {
  const limits = app.config.attendanceLimits;
  const { viewingId, videoId, credit, presence } = await retryConflict(() =>
    app.db.transaction().execute((trx) => open(app, trx, learner, chapterId)),
  );
  const released = releasedMs(credit, limits);
  return {
    viewingId,
    chapterId,
    durationMs: credit.durationMs,
    creditedMs: credit.creditedMs,
    releasedMs: released,
    grant: await app.keyRelease.grant(videoId, released, 0),
    heartbeatIntervalMs: limits.heartbeatIntervalMs,
    leaseTtlMs: limits.leaseTtlMs,
    contiguityMs: limits.contiguityMs,
    presence,
    token: app.viewingTokens.sign({ ...learner, viewingId }),
  };
}
