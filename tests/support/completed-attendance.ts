import { createHash, randomUUID } from 'node:crypto';
import type { App } from '#lib/server/app.ts';
import { keepSeal, storePicture } from '#lib/server/pictures/store-picture.ts';
import { issueRecord } from '#lib/server/records/issue-record.ts';
import type { PublishedLecture } from './published-lecture.ts';

export interface AttendanceStory {
  readonly driverId: string;
  readonly lecture: PublishedLecture;
  readonly lectureClass?: 'excellent' | 'general';
  readonly periodStart?: string;
  readonly periodEnd?: string;
  /** How many chapters are done; by default all, and then there is a record. */
  readonly doneCount?: number;
  readonly photo?: Buffer;
}

const PERIOD = { periodStart: '2026-11-01', periodEnd: '2027-01-04' };

/** Writes an attendance as the lecture leaves it behind, chapter by chapter until now, and issues the record when all are done. */
export async function takeLecture(
  app: App,
  story: AttendanceStory,
): Promise<{ attendanceId: string; recordNumber: string | null }> {
  const { driverId, lecture, lectureClass = 'excellent', photo, ...period } = story;
  const {
    periodStart = PERIOD.periodStart,
    periodEnd = PERIOD.periodEnd,
    doneCount = lecture.chapters.length,
  } = period;
  const totalMs = lecture.chapters.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const completedAt = app.clock.now();
  const startedAt = new Date(completedAt.getTime() - totalMs);
  const isComplete = doneCount === lecture.chapters.length;
  return app.db.transaction().execute(async (trx) => {
    const ids = { driverId, editionId: lecture.editionId, lectureClass, periodStart, periodEnd };
    const { id: attendanceId } = await trx
      .insertInto('attendance')
      .values({
        ...ids,
        consentedAt: startedAt,
        consentVersion: '1',
        startedAt,
        completedAt: isComplete ? completedAt : null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    let at = startedAt;
    for (const [index, chapter] of lecture.chapters.entries()) {
      const isDone = index < doneCount;
      const { id: chapterId, durationMs, videoId } = chapter;
      const endedAt = new Date(at.getTime() + durationMs);
      const done = isDone
        ? {
            creditedMs: durationMs,
            reportedMs: durationMs,
            answeredAt: endedAt,
            photoAcceptedAt: endedAt,
            questionId: chapter.bank[0]!.questionId,
          }
        : {};
      await trx
        .insertInto('chapterAttendance')
        .values({ attendanceId, chapterId, position: index + 1, durationMs, videoId, ...done })
        .execute();
      if (!isDone) continue;
      const viewing = await trx
        .insertInto('viewing')
        .values({
          attendanceId,
          chapterId,
          driverId,
          sessionIdSha256: '',
          openedAt: at,
          lastBeatAt: endedAt,
          runFromMs: 0,
          runToMs: durationMs,
          runStartedAt: at,
          runEndedAt: endedAt,
          closedAt: endedAt,
          closeReason: 'chapterDone',
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await trx
        .insertInto('watchedInterval')
        .values({
          attendanceId,
          chapterId,
          viewingId: viewing.id,
          fromMs: 0,
          toMs: durationMs,
          startedAt: at,
          endedAt,
        })
        .execute();
      const isRight = index % 2 === 0;
      const choiceId = isRight ? chapter.rightChoiceId : chapter.wrongChoiceId;
      await trx
        .insertInto('answer')
        .values({
          attendanceId,
          chapterId,
          questionId: chapter.bank[0]!.questionId,
          choiceId,
          isRight,
          answeredAt: endedAt,
        })
        .execute();
      if (photo) {
        const id = randomUUID();
        const stored = await storePicture(app, { kind: 'facePhoto', id }, `photos/${id}.jpg`, photo);
        await keepSeal(trx, stored);
        const sha256 = createHash('sha256').update(photo).digest();
        const size = { bytes: photo.length, width: 640, height: 480 };
        await trx
          .insertInto('facePhoto')
          .values({
            id,
            attendanceId,
            chapterId,
            takenAt: endedAt,
            storageKey: stored.storageKey,
            sha256,
            ...size,
            deleteAfter: periodEnd,
          })
          .execute();
      }
      at = endedAt;
    }
    if (!isComplete) return { attendanceId, recordNumber: null };
    const { recordNumber } = await issueRecord(app, trx, { attendanceId, ...ids, completedAt });
    return { attendanceId, recordNumber };
  });
}
