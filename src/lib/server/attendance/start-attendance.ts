import { z } from 'zod';
import type { Learner } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { requireEligible } from '../register/assess-eligibility.ts';
import {
  findPublishedEdition,
  getDatabaseNow,
  insertAttendance,
  insertChapterAttendances,
  listEditionChapters,
  lockPublishedEdition,
} from './attendance.queries.ts';
import { planPresence } from './draw-presence.ts';
import { getPresenceSettings, insertPresenceChecks } from './presence.queries.ts';

/** The version of terms, cautions and photo consent that messages/<locale>/lecture.json show. */
export const CONSENT_VERSION = '2026-11-2';

export const StartAttendance = z.object({
  terms: z.literal('agreed'),
  photos: z.literal('agreed'),
  /** More time to answer the presence checks, without reasons. */
  longerAnswers: z.literal('wanted').optional(),
});

/** The published edition that the learner would begin today, if any. */
export async function findLectureToBegin(app: App, learner: Learner) {
  const { driver, lectureClass } = await requireEligible(app, learner);
  const edition = await findPublishedEdition(app.db, driver.homeCommissionCode, lectureClass);
  if (!edition) return undefined;
  const chapters = await listEditionChapters(app.db, edition.id);
  const { presencePerChapter } = await getPresenceSettings(app.db, driver.homeCommissionCode);
  return { ...edition, chapters, hasPresence: presencePerChapter > 0 };
}

/**
 * Begins the learner's attendance of this renewal period after consent: on the edition of his class and home commission
 * that is published now, and on which he will finish. Once begun, asking again changes nothing. Refused when a condition
 * of eligibility fails or nothing is published.
 */
export async function startAttendance(
  app: App,
  learner: Learner,
  { longerAnswers }: Partial<z.output<typeof StartAttendance>> = {},
): Promise<void> {
  const { driver, lectureClass, period } = await requireEligible(app, learner);
  await app.db.transaction().execute(async (trx) => {
    const lock = () => lockPublishedEdition(trx, driver.homeCommissionCode, lectureClass);
    // Again when another edition took its place while we waited.
    const edition = (await lock()) ?? (await lock());
    if (!edition) throw new Refusal('no_lecture_published');
    const presence = await planPresence(trx, driver.homeCommissionCode, longerAnswers === 'wanted');
    const attendance = await insertAttendance(trx, {
      driverId: learner.driverId,
      editionId: edition.id,
      lectureClass,
      periodStart: period.start,
      periodEnd: period.end,
      consentedAt: app.clock.now(),
      consentVersion: CONSENT_VERSION,
      startedAt: await getDatabaseNow(trx, app.clock),
      presenceAnswerMs: presence.answerMs,
    });
    if (!attendance) return;
    const chapters = await listEditionChapters(trx, edition.id);
    const ids = { attendanceId: attendance.id };
    const drawn = chapters.map(({ id, position, durationMs, segmentStartsMs }) => {
      if (durationMs === null)
        throw new Error(`published edition ${edition.id} has a chapter without duration`);
      return {
        chapterId: id,
        position,
        durationMs,
        gatesMs: presence.positionsOf(durationMs, segmentStartsMs ?? []),
      };
    });
    await insertChapterAttendances(
      trx,
      drawn.map(({ gatesMs, ...chapter }) => ({ ...ids, ...chapter, gateMs: gatesMs[0] ?? null })),
    );
    await insertPresenceChecks(
      trx,
      drawn.flatMap(({ chapterId, gatesMs }) =>
        gatesMs.map((positionMs) => ({ ...ids, chapterId, positionMs })),
      ),
    );
    await appendAudit(trx, learner, {
      what: 'attendance.started',
      subject: { kind: 'attendance', id: attendance.id },
      detail: { editionId: edition.id, consentVersion: CONSENT_VERSION },
    });
  });
}
