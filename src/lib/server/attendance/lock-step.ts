import { nextStep, type ChapterProgress, type Step } from '#lib/domain/attendance/steps.ts';
import type { Learner } from '#lib/domain/people/actor.ts';
import { Refusal, type RefusalCode } from '#lib/domain/refusal.ts';
import { tokyoDate } from '#lib/domain/renewal/calendar.ts';
import type { App } from '../app.ts';
import type { Database, DB, Transaction } from '../db/database.ts';
import { findLatestAttendance, getDatabaseNow, listChapters, lockAttendance } from './attendance.queries.ts';

type ChapterRow = Awaited<ReturnType<typeof listChapters>>[number];

export function progressOf(chapter: ChapterRow): ChapterProgress {
  return {
    chapterId: chapter.chapterId,
    durationMs: chapter.durationMs,
    creditedMs: chapter.creditedMs,
    isAnswered: chapter.answeredAt !== null,
    hasPhoto: chapter.photoAcceptedAt !== null,
  };
}

/** Why a step that is not the next one cannot be taken, from what is true of its chapter. */
function refusalFor(wanted: Step['kind'], chapter: ChapterProgress | undefined, next: Step): RefusalCode {
  if (next.kind === 'done') return 'attendance_complete';
  if (wanted === 'survey') return 'survey_not_due';
  if (!chapter) return 'not_found';
  const isWatched = chapter.creditedMs === chapter.durationMs;
  if (wanted === 'watch') return 'chapter_locked';
  if (!isWatched) return 'chapter_not_watched';
  if (wanted === 'question') return chapter.isAnswered ? 'already_answered' : 'chapter_locked';
  return chapter.isAnswered ? 'photo_not_due' : 'question_not_answered';
}

/** The learner's attendance of the renewal period that is running today; refused when consent has not been given yet. */
export async function getRunningAttendance(
  app: Pick<App, 'clock'>,
  db: Database | Transaction<DB>,
  learner: Learner,
) {
  const attendance = await findLatestAttendance(db, learner.driverId);
  if (!attendance) throw new Refusal('consent_required');
  if (tokyoDate(app.clock.now()) > attendance.periodEnd) throw new Refusal('not_eligible');
  return attendance;
}

/**
 * Locks the learner's attendance and makes sure that this step is the one that comes next, so that whatever is done in
 * `trx` is done in order and once. Any other step is refused with the reason.
 */
export async function lockStep(
  app: Pick<App, 'clock'>,
  trx: Transaction<DB>,
  learner: Learner,
  wanted: { kind: Exclude<Step['kind'], 'done'>; chapterId?: string },
) {
  const running = await getRunningAttendance(app, trx, learner);
  const attendance = { ...running, ...(await lockAttendance(trx, running.id)) };
  const chapters = (await listChapters(trx, attendance.id)).map(progressOf);
  const next = nextStep(chapters, attendance.surveySentAt !== null);
  const isNext = next.kind === wanted.kind && (!('chapterId' in next) || next.chapterId === wanted.chapterId);
  if (!isNext) {
    const chapter = chapters.find(({ chapterId }) => chapterId === wanted.chapterId);
    throw new Refusal(refusalFor(wanted.kind, chapter, next));
  }
  return { attendance, chapters, now: await getDatabaseNow(trx, app.clock) };
}
