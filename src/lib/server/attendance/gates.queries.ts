import type { Insertable } from 'kysely';
import type { LanguageCode } from '#lib/domain/lectures/languages.ts';
import type { Database, DB, Transaction } from '../db/database.ts';

type Queryable = Database | Transaction<DB>;

/**
 * The question that was drawn for a chapter of an attendance, in the attendance's language; undefined while none has been drawn. `isRight` and the explanation
 * stay on the server until it is answered.
 */
export async function findDrawnQuestion(db: Queryable, attendanceId: string, chapterId: string) {
  const question = await db
    .selectFrom('chapterAttendance as ca')
    .innerJoin('attendance as a', 'a.id', 'ca.attendanceId')
    .innerJoin('questionLanguage as ql', (join) =>
      join.onRef('ql.questionId', '=', 'ca.questionId').onRef('ql.language', '=', 'a.language'),
    )
    .where('ca.attendanceId', '=', attendanceId)
    .where('ca.chapterId', '=', chapterId)
    .select(['ql.questionId as id', 'ql.text', 'ql.explanation', 'a.language'])
    .$narrowType<{ language: LanguageCode }>()
    .executeTakeFirst();
  if (!question) return undefined;
  const choices = await db
    .selectFrom('choice as o')
    .innerJoin('choiceLanguage as ol', 'ol.choiceId', 'o.id')
    .where('o.questionId', '=', question.id)
    .where('ol.language', '=', question.language)
    .orderBy('o.position')
    .select(['o.id', 'ol.text', 'o.isRight'])
    .execute();
  return { ...question, choices };
}

export async function listBank(trx: Transaction<DB>, chapterId: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('question')
    .where('chapterId', '=', chapterId)
    .orderBy('position')
    .select('id')
    .execute();
  return rows.map(({ id }) => id);
}

export async function markDrawn(
  trx: Transaction<DB>,
  attendanceId: string,
  chapterId: string,
  questionId: string,
): Promise<void> {
  await trx
    .updateTable('chapterAttendance')
    .set({ questionId })
    .where('attendanceId', '=', attendanceId)
    .where('chapterId', '=', chapterId)
    .execute();
}

export async function findAnswer(db: Queryable, attendanceId: string, chapterId: string) {
  return db
    .selectFrom('answer')
    .where('attendanceId', '=', attendanceId)
    .where('chapterId', '=', chapterId)
    .select(['choiceId', 'isRight', 'answeredAt'])
    .executeTakeFirst();
}

export async function insertAnswer(trx: Transaction<DB>, answer: Insertable<DB['answer']>): Promise<void> {
  await trx.insertInto('answer').values(answer).execute();
}

export async function markAnswered(trx: Transaction<DB>, attendanceId: string, chapterId: string, at: Date) {
  await trx
    .updateTable('chapterAttendance')
    .set({ answeredAt: at })
    .where('attendanceId', '=', attendanceId)
    .where('chapterId', '=', chapterId)
    .execute();
}

export async function insertFacePhoto(
  trx: Transaction<DB>,
  photo: Insertable<DB['facePhoto']>,
): Promise<void> {
  await trx.insertInto('facePhoto').values(photo).execute();
}

export async function markPhotoAccepted(
  trx: Transaction<DB>,
  attendanceId: string,
  chapterId: string,
  at: Date,
) {
  await trx
    .updateTable('chapterAttendance')
    .set({ photoAcceptedAt: at })
    .where('attendanceId', '=', attendanceId)
    .where('chapterId', '=', chapterId)
    .execute();
}

export async function getPhotoRetentionDays(db: Queryable, commissionCode: string): Promise<number> {
  const row = await db
    .selectFrom('commission')
    .where('code', '=', commissionCode)
    .select('photoRetentionDays')
    .executeTakeFirstOrThrow();
  return row.photoRetentionDays;
}

export async function isPhotoUploadAllowed(db: Queryable, commissionCode: string): Promise<boolean> {
  const row = await db
    .selectFrom('commission')
    .where('code', '=', commissionCode)
    .select('photoUploadAllowed')
    .executeTakeFirstOrThrow();
  return row.photoUploadAllowed;
}

export async function markPhotoUpload(
  trx: Transaction<DB>,
  commissionCode: string,
  photoUploadAllowed: boolean,
): Promise<void> {
  await trx
    .updateTable('commission')
    .set({ photoUploadAllowed })
    .where('code', '=', commissionCode)
    .execute();
}

export async function completeAttendance(
  trx: Transaction<DB>,
  attendanceId: string,
  survey: Readonly<Record<string, string>>,
  at: Date,
): Promise<void> {
  await trx
    .updateTable('attendance')
    .set({ survey: JSON.stringify(survey), surveySentAt: at, completedAt: at })
    .where('id', '=', attendanceId)
    .execute();
}

/** Photos that are still there and whose day of deletion is today or was before, and whether their licence has been issued. */
export async function listDuePhotos(db: Queryable, today: string, after: string, limit: number) {
  return db
    .selectFrom('facePhoto as photo')
    .leftJoin('completionRecord as r', 'r.attendanceId', 'photo.attendanceId')
    .where('photo.deletedAt', 'is', null)
    .where('photo.deleteAfter', '<=', today)
    .where('photo.id', '>', after)
    .orderBy('photo.id')
    .limit(limit)
    .select(['photo.id', 'photo.storageKey', 'photo.sha256', 'r.state as recordState'])
    .execute();
}

/** Photos of a person that are still there. */
export async function listPhotosOfDriver(db: Queryable, driverId: string) {
  return db
    .selectFrom('facePhoto as photo')
    .innerJoin('attendance as a', 'a.id', 'photo.attendanceId')
    .where('a.driverId', '=', driverId)
    .where('photo.deletedAt', 'is', null)
    .select(['photo.id', 'photo.storageKey', 'photo.sha256'])
    .execute();
}

/** False when it was already. */
export async function markPhotoDeleted(trx: Transaction<DB>, id: string, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('facePhoto')
    .set({ deletedAt: at })
    .where('id', '=', id)
    .where('deletedAt', 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

/** Photos of an attendance that are still there are due on that day, if they were not before. */
export async function bringDeletionForward(
  trx: Transaction<DB>,
  attendanceId: string,
  day: string,
): Promise<void> {
  await trx
    .updateTable('facePhoto')
    .set({ deleteAfter: day })
    .where('attendanceId', '=', attendanceId)
    .where('deletedAt', 'is', null)
    .where('deleteAfter', '>', day)
    .execute();
}
