import { sql, type Insertable } from 'kysely';
import { FIRST_LANGUAGE, type LanguageCode } from '#lib/domain/lectures/languages.ts';
import type { Clock } from '../clock.ts';
import type { Database, DB, Transaction } from '../db/database.ts';

type Queryable = Database | Transaction<DB>;

/** The learner's newest attendance with the words of its lecture. */
export async function findLatestAttendance(db: Queryable, driverId: string) {
  return db
    .selectFrom('attendance as a')
    .innerJoin('edition as e', 'e.id', 'a.editionId')
    .innerJoin('lecture as l', 'l.id', 'e.lectureId')
    .where('a.driverId', '=', driverId)
    .orderBy('a.periodStart', 'desc')
    .select(['a.id', 'a.driverId', 'a.editionId', 'a.lectureClass', 'a.periodStart', 'a.periodEnd'])
    .select(['a.startedAt', 'a.surveySentAt', 'a.completedAt', 'e.number as editionNumber'])
    .select(['l.titleJa', 'l.titleEn', 'l.commissionCode', 'a.language', 'e.languages'])
    .$narrowType<{ language: LanguageCode }>()
    .executeTakeFirst();
}

/** Serialises everything that decides about one attendance: steps, completion, a second device. */
export async function lockAttendance(trx: Transaction<DB>, attendanceId: string) {
  return trx
    .selectFrom('attendance')
    .where('id', '=', attendanceId)
    .select([
      'id',
      'driverId',
      'editionId',
      'lectureClass',
      'periodStart',
      'periodEnd',
      'surveySentAt',
      'completedAt',
    ])
    .forUpdate()
    .executeTakeFirstOrThrow();
}

/** The chapters of an attendance, titled in its language. */
export async function listChapters(db: Queryable, attendanceId: string) {
  return db
    .selectFrom('chapterAttendance as ca')
    .innerJoin('attendance as a', 'a.id', 'ca.attendanceId')
    .innerJoin('chapterLanguage as cl', (join) =>
      join.onRef('cl.chapterId', '=', 'ca.chapterId').onRef('cl.language', '=', 'a.language'),
    )
    .where('ca.attendanceId', '=', attendanceId)
    .orderBy('ca.position')
    .select([
      'ca.chapterId',
      'ca.position',
      'ca.durationMs',
      'ca.creditedMs',
      'ca.answeredAt',
      'ca.photoAcceptedAt',
    ])
    .select(['cl.title', 'ca.videoId'])
    .execute();
}

export async function listCaptionLanguages(
  db: Queryable,
  attendanceId: string,
  chapterId: string,
  kind: 'captions' | 'descriptions',
): Promise<string[]> {
  const rows = await db
    .selectFrom('chapterAttendance as ca')
    .innerJoin('chapterLanguage as cl', 'cl.chapterId', 'ca.chapterId')
    .innerJoin('chapterLanguage as first', (join) =>
      join.onRef('first.chapterId', '=', 'ca.chapterId').on('first.language', '=', FIRST_LANGUAGE),
    )
    .where('ca.attendanceId', '=', attendanceId)
    .where('ca.chapterId', '=', chapterId)
    .where(kind === 'captions' ? 'cl.captionsVtt' : 'cl.descriptionsVtt', 'is not', null)
    .where(({ eb, fn }) => eb('ca.videoId', '=', fn.coalesce('cl.videoId', 'first.videoId')))
    .select('cl.language')
    .execute();
  return rows.map(({ language }) => language);
}

function selectPublishedEdition(db: Queryable, commissionCode: string, lectureClass: string) {
  return db
    .selectFrom('edition as e')
    .innerJoin('lecture as l', 'l.id', 'e.lectureId')
    .where('l.commissionCode', '=', commissionCode)
    .where('l.lectureClass', '=', lectureClass)
    .where('e.state', '=', 'published')
    .orderBy('e.publishedAt', 'desc')
    .select(['e.id', 'e.number', 'e.totalMs', 'e.languages', 'l.titleJa', 'l.titleEn']);
}

export async function findPublishedEdition(db: Queryable, commissionCode: string, lectureClass: string) {
  return selectPublishedEdition(db, commissionCode, lectureClass).executeTakeFirst();
}

/**
 * The same, held against being withdrawn until the transaction ends. Undefined too when it was withdrawn while we waited for it; its
 * successor is seen by asking again.
 */
export async function lockPublishedEdition(
  trx: Transaction<DB>,
  commissionCode: string,
  lectureClass: string,
) {
  return selectPublishedEdition(trx, commissionCode, lectureClass).forShare('e').executeTakeFirst();
}

export async function countUnfinishedAttendances(
  db: Queryable,
  editionId: string,
  today: string,
): Promise<number> {
  const { count } = await db
    .selectFrom('attendance')
    .where('editionId', '=', editionId)
    .where('completedAt', 'is', null)
    .where('periodEnd', '>=', today)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

/** What is watched in each language of an edition, chapter by chapter: the language's own video or the Japanese version's. */
export async function listEditionMedia(db: Queryable, editionId: string) {
  return db
    .selectFrom('chapter as c')
    .innerJoin('chapterLanguage as cl', 'cl.chapterId', 'c.id')
    .innerJoin('chapterLanguage as first', (join) =>
      join.onRef('first.chapterId', '=', 'c.id').on('first.language', '=', FIRST_LANGUAGE),
    )
    .innerJoin('video as v', (join) =>
      join.on(({ eb, fn }) => eb('v.id', '=', fn.coalesce('cl.videoId', 'first.videoId'))),
    )
    .where('c.editionId', '=', editionId)
    .orderBy('c.position')
    .select(['c.id', 'c.position', 'cl.language', 'v.id as videoId', 'v.durationMs', 'v.segmentStartsMs'])
    .$narrowType<{ language: LanguageCode }>()
    .execute();
}

/** Undefined when the person already has one for this period: two presses, one attendance. */
export async function insertAttendance(trx: Transaction<DB>, attendance: Insertable<DB['attendance']>) {
  return trx
    .insertInto('attendance')
    .values(attendance)
    .onConflict((conflict) => conflict.columns(['driverId', 'periodStart']).doNothing())
    .returning('id')
    .executeTakeFirst();
}

export async function insertChapterAttendances(
  trx: Transaction<DB>,
  rows: readonly Insertable<DB['chapterAttendance']>[],
): Promise<void> {
  await trx.insertInto('chapterAttendance').values(rows).execute();
}

export async function findVideoMedia(db: Queryable, videoId: string) {
  return db
    .selectFrom('video')
    .where('id', '=', videoId)
    .select(['segmentStartsMs', 'wrappedSecret', 'wrappingKeyId'])
    .executeTakeFirst();
}

export async function getDatabaseNow(trx: Transaction<DB>, clock: Clock): Promise<Date> {
  const row = await trx.selectNoFrom(clock.databaseNow.as('now')).executeTakeFirstOrThrow();
  return row.now;
}

export async function getChapterCredit(trx: Transaction<DB>, attendanceId: string, chapterId: string) {
  return trx
    .selectFrom('chapterAttendance')
    .where('attendanceId', '=', attendanceId)
    .where('chapterId', '=', chapterId)
    .select(['creditedMs', 'reportedMs', 'durationMs', 'gateMs', 'videoId'])
    .forUpdate()
    .executeTakeFirstOrThrow();
}

/** What the player reported beyond the credit in a lease that has ended is forgotten: it has to be played again. */
export async function forgetUncreditedReport(trx: Transaction<DB>, attendanceId: string, chapterId: string) {
  await trx
    .updateTable('chapterAttendance')
    .set((eb) => ({ reportedMs: eb.ref('creditedMs') }))
    .where('attendanceId', '=', attendanceId)
    .where('chapterId', '=', chapterId)
    .execute();
}

/** Unfinished lectures of people of this import whose licence now expires after the period in which they began, within a year. */
export function listOutgrownPeriods(trx: Transaction<DB>, importId: string) {
  return trx
    .selectFrom('attendance as a')
    .innerJoin('driver as d', 'd.id', 'a.driverId')
    .where('a.completedAt', 'is', null)
    .where('d.importId', '=', importId)
    .whereRef('d.expiryDate', '>', 'a.periodEnd')
    .where('d.expiryDate', '<', sql<string>`a.period_end + interval '1 year'`)
    .orderBy('a.id')
    .select(['a.id', 'a.periodStart', 'a.periodEnd', 'd.birthDate', 'd.expiryDate'])
    .execute();
}

export async function updatePeriodEnd(trx: Transaction<DB>, id: string, periodEnd: string): Promise<void> {
  await trx.updateTable('attendance').set({ periodEnd }).where('id', '=', id).execute();
}
