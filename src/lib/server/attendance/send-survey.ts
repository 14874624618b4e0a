import { z } from 'zod';
import { findObstacles } from '#lib/domain/attendance/completion.ts';
import { LIMITS } from '#lib/domain/limits.ts';
import type { Learner } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { issueRecord } from '../records/issue-record.ts';
import { completeAttendance } from './gates.queries.ts';
import { lockStep } from './lock-step.ts';
import { readLedger } from './read-ledger.ts';

export const SURVEY_SCALE = ['1', '2', '3', '4', '5'] as const;

export const SendSurvey = z.object({
  clarity: z.enum(SURVEY_SCALE),
  usability: z.enum(SURVEY_SCALE),
  comment: z.string().trim().max(LIMITS.textMaxLength).default(''),
});

/**
 * The last step: keeps the survey and completes the attendance. Completion does not trust the frontier but recomputes the
 * credit from the ledger; when the two disagree it is refused and reported as a fault to look into. The record is issued
 * in the same transaction.
 */
export async function sendSurvey(
  app: App,
  learner: Learner,
  survey: z.output<typeof SendSurvey>,
): Promise<void> {
  await app.db.transaction().execute(async (trx) => {
    const { attendance, chapters, now } = await lockStep(app, trx, learner, { kind: 'survey' });
    const faulty = findObstacles(await readLedger(trx, attendance, chapters));
    if (faulty.length > 0) {
      app.log.error({ attendanceId: attendance.id, faulty }, 'the ledger disagrees with the frontier');
      throw new Refusal('ledger_disagrees');
    }
    await completeAttendance(trx, attendance.id, survey, now);
    await appendAudit(trx, learner, {
      what: 'attendance.completed',
      subject: { kind: 'attendance', id: attendance.id },
    });
    await issueRecord(app, trx, {
      attendanceId: attendance.id,
      driverId: attendance.driverId,
      editionId: attendance.editionId,
      lectureClass: attendance.lectureClass as 'excellent' | 'general',
      periodStart: attendance.periodStart,
      periodEnd: attendance.periodEnd,
      completedAt: now,
    });
  });
}
