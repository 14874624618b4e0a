import { nextStep } from '#lib/domain/attendance/steps.ts';
import { orderLanguages } from '#lib/domain/lectures/languages.ts';
import type { Learner } from '#lib/domain/people/actor.ts';
import type { App } from '../app.ts';
import { listChapters } from './attendance.queries.ts';
import { listUncounted } from './list-uncounted.ts';
import { getRunningAttendance, progressOf } from './lock-step.ts';
import { findAnyPresenceCheck } from './presence.queries.ts';

/** The learner's lecture with what is done of each chapter and the one step that comes next. */
export async function getLecture(app: App, learner: Learner) {
  const attendance = await getRunningAttendance(app, app.db, learner);
  const chapters = await listChapters(app.db, attendance.id);
  return {
    titleJa: attendance.titleJa,
    titleEn: attendance.titleEn,
    lectureClass: attendance.lectureClass,
    periodEnd: attendance.periodEnd,
    commissionCode: attendance.commissionCode,
    language: attendance.language,
    languages: orderLanguages(attendance.languages),
    /** The learner will be asked on the way whether he is watching. */
    hasPresence: (await findAnyPresenceCheck(app.db, attendance.id)) !== undefined,
    isComplete: attendance.completedAt !== null,
    next: nextStep(chapters.map(progressOf), attendance.surveySentAt !== null),
    uncounted: (await listUncounted(app, attendance.id)).totals,
    chapters: chapters.map((chapter) => ({
      ...progressOf(chapter),
      position: chapter.position,
      title: chapter.title,
      videoId: chapter.videoId,
    })),
  };
}
