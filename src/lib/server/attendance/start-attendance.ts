import { z } from 'zod';
import { FIRST_LANGUAGE, orderLanguages } from '#lib/domain/lectures/languages.ts';
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
  listEditionMedia,
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
  /** One of the edition's; videos and questions are in it to the end. */
  language: z.string().default(FIRST_LANGUAGE),
});

/** The published edition that the learner would begin today, if any. */
export async function findLectureToBegin(app: App, learner: Learner) {
  const { driver, lectureClass } = await requireEligible(app, learner);
  const edition = await findPublishedEdition(app.db, driver.homeCommissionCode, lectureClass);
  if (!edition) return undefined;
  const media = await listEditionMedia(app.db, edition.id);
  const languages = orderLanguages(edition.languages).map((language) => {
    const own = media.filter((chapter) => chapter.language === language);
    return { language, totalMs: own.reduce((sum, { durationMs }) => sum + (durationMs ?? 0), 0) };
  });
  const chapterCount = new Set(media.map(({ id }) => id)).size;
  const { presencePerChapter } = await getPresenceSettings(app.db, driver.homeCommissionCode);
  return { ...edition, languages, chapterCount, hasPresence: presencePerChapter > 0 };
}

/**
 * Begins the learner's attendance of this renewal period after consent: on the edition of his class and home commission
 * that is published now, and on which he will finish, in the language that he chose. Once begun, asking again changes
 * nothing. Refused when a condition of eligibility fails, nothing is published, or not in this language.
 */
export async function startAttendance(
  app: App,
  learner: Learner,
  { longerAnswers, language: wanted = FIRST_LANGUAGE }: Partial<z.output<typeof StartAttendance>> = {},
): Promise<void> {
  const { driver, lectureClass, period } = await requireEligible(app, learner);
  await app.db.transaction().execute(async (trx) => {
    const lock = () => lockPublishedEdition(trx, driver.homeCommissionCode, lectureClass);
    // Again when another edition took its place while we waited.
    const edition = (await lock()) ?? (await lock());
    if (!edition) throw new Refusal('no_lecture_published');
    const language = orderLanguages(edition.languages).find((code) => code === wanted);
    if (!language) throw new Refusal('language_not_offered');
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
      language,
    });
    if (!attendance) return;
    const media = await listEditionMedia(trx, edition.id);
    const ids = { attendanceId: attendance.id };
    const drawn = media
      .filter((chapter) => chapter.language === language)
      .map(({ id, position, videoId, durationMs, segmentStartsMs }) => {
        if (durationMs === null)
          throw new Error(`published edition ${edition.id} has a chapter without duration`);
        const gatesMs = presence.positionsOf(durationMs, segmentStartsMs ?? []);
        return { chapterId: id, position, videoId, durationMs, gatesMs };
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
      detail: { editionId: edition.id, consentVersion: CONSENT_VERSION, language },
    });
  });
}
