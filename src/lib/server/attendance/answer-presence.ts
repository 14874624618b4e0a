import { z } from 'zod';
import { leaseOf, appendLeaseEvents } from './heartbeat.queries.ts';
import { answerPresence as judgeAnswer, isPresenceDue } from '#lib/domain/attendance/presence.ts';
import type { Learner } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { getChapterCredit, getDatabaseNow, lockAttendance } from './attendance.queries.ts';
import { lockLiveViewing } from './viewing.queries.ts';
import { getRunningAttendance } from './lock-step.ts';
import { missPresence } from './presence.ts';
import {
  findPresenceCheck,
  lockPresenceCheck,
  markPresenceExtended,
  markPresencePassed,
} from './presence.queries.ts';

export const AnswerPresence = z.object({ checkId: z.uuid(), wish: z.enum(['pass', 'extend']) });

/** `missed`: the time was over, and the viewing is; the chapter went back to `creditedMs`. */
export type PresenceAnswered =
  | { readonly outcome: 'passed' | 'waiting'; readonly answerWithinMs: number }
  | { readonly outcome: 'missed'; readonly answerWithinMs: number; readonly creditedMs: number };

/**
 * Takes the learner's 「見ています」, or his one wish for more time, by the database's clock. An answer that is repeated changes nothing.
 * Refused: a check of another attendance or none (`not_found`), one that has not been asked (`presence_not_due`).
 */
export async function answerPresence(
  app: App,
  learner: Learner,
  { checkId, wish }: z.output<typeof AnswerPresence>,
): Promise<PresenceAnswered> {
  return app.db.transaction().execute(async (trx) => {
    const { id: attendanceId } = await getRunningAttendance(app, trx, learner);
    await lockAttendance(trx, attendanceId);
    const viewing = await lockLiveViewing(trx, app.clock, learner.driverId);
    const found = await findPresenceCheck(trx, attendanceId, checkId);
    if (!found) throw new Refusal('not_found');
    const { chapterId, positionMs } = found;
    const credit = await getChapterCredit(trx, attendanceId, chapterId);
    if (found.passedAt !== null) return { outcome: 'passed', answerWithinMs: 0 };
    if (credit.gateMs !== positionMs || !isPresenceDue(credit)) throw new Refusal('presence_not_due');
    const check = await lockPresenceCheck(trx, { attendanceId, chapterId, gateMs: positionMs });
    if (!check) return { outcome: 'passed', answerWithinMs: 0 };
    const now = await getDatabaseNow(trx, app.clock);
    const nowMs = now.getTime();
    const { kind, answerWithinMs } = judgeAnswer(check, nowMs, wish);
    if (kind === 'notDue') throw new Refusal('presence_not_due');
    const live = viewing?.chapterId === chapterId ? { id: viewing.id, lease: leaseOf(viewing) } : null;
    if (kind === 'missed') {
      const creditedMs = await missPresence(trx, check, live, nowMs);
      return { outcome: 'missed', answerWithinMs: 0, creditedMs };
    }
    if (kind === 'wait') return { outcome: 'waiting', answerWithinMs };
    if (kind === 'passed') await markPresencePassed(trx, check, nowMs);
    else await markPresenceExtended(trx, checkId, nowMs);
    await appendLeaseEvents(trx, [
      {
        attendanceId,
        chapterId,
        viewingId: live?.id ?? null,
        at: now,
        kind: 'presence',
        reason: kind,
        detail: { positionMs },
      },
    ]);
    return { outcome: kind === 'passed' ? 'passed' : 'waiting', answerWithinMs };
  });
}
