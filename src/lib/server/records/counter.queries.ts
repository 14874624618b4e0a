import { sql } from 'kysely';
import type { RecordState } from '#lib/domain/records/record.ts';
import type { CalendarDate } from '#lib/domain/renewal/calendar.ts';
import type { OnlineLectureClass } from '#lib/domain/renewal/lecture-class.ts';
import { lookAndTell } from '../audit/look-and-tell.ts';
import type { Database } from '../db/database.ts';
import { rememberRow, rememberRows } from '../db/remember.ts';

export const findRecord = rememberRow((db, recordNumber: string) =>
  db
    .selectFrom('completionRecord as r')
    .innerJoin('edition as e', 'e.id', 'r.editionId')
    .innerJoin('lecture as l', 'l.id', 'e.lectureId')
    .innerJoin('attendance as a', 'a.id', 'r.attendanceId')
    .where('r.recordNumber', '=', recordNumber)
    .select(['r.id', 'r.recordNumber', 'r.attendanceId', 'r.driverId', 'r.lectureClass', 'r.periodStart'])
    .select(['r.periodEnd', 'r.issuedAt', 'r.state', 'r.version', 'r.proof', 'r.signingKeyId'])
    .select(['l.titleJa', 'l.titleEn', 'e.number as editionNumber', 'a.startedAt'])
    .$narrowType<{ lectureClass: OnlineLectureClass; state: RecordState }>(),
);

/** The numbers of records that end on `today` or later and whose proof must not be taken any more, in order. */
export async function listRevokedNumbers(db: Database, today: CalendarDate): Promise<string[]> {
  const rows = await db
    .selectFrom('completionRecord')
    .where('state', 'in', ['voided', 'used', 'rejected'])
    .where('periodEnd', '>=', today)
    .orderBy('periodEnd')
    .orderBy('recordNumber')
    .select('recordNumber')
    .execute();
  return rows.map(({ recordNumber }) => recordNumber);
}

/** The record with this number, whose subject it is itself. */
export const findRecordAhead = rememberRow((db, recordNumber: string, line: string) =>
  lookAndTell(
    db
      .selectFrom('completionRecord as r')
      .where('r.recordNumber', '=', recordNumber)
      .select(['r.id as subjectId', 'r.recordNumber']),
    line,
    { waits: false },
  ),
);

/** The record with this number, when its driver is of this commission, whose officers see it without a reason; what they see is told. */
export const tellOwnLook = rememberRow((db, recordNumber: string, commissionCode: string, line: string) =>
  lookAndTell(
    db
      .selectFrom('completionRecord as r')
      .innerJoin('driver', 'driver.id', 'r.driverId')
      .where('r.recordNumber', '=', recordNumber)
      .where('driver.homeCommissionCode', '=', commissionCode)
      .select(['r.id as subjectId', 'r.state']),
    line,
    { waits: true, detail: sql`jsonb_build_object('state', found.state)` },
  ),
);

/** The record of a driver who has no other one and no lecture begun; the subject is the driver. */
const findOnlyRecord = (db: Database, licenceNumber: string) =>
  db
    .selectFrom('driver')
    .innerJoin('completionRecord as r', 'r.driverId', 'driver.id')
    .where('driver.licenceNumber', '=', licenceNumber)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('completionRecord as other')
            .whereRef('other.driverId', '=', 'driver.id')
            .whereRef('other.id', '<>', 'r.id')
            .select('other.id'),
        ),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('attendance as a')
            .whereRef('a.driverId', '=', 'driver.id')
            .where('a.completedAt', 'is', null)
            .select('a.id'),
        ),
      ),
    )
    .select(['driver.id as subjectId', 'r.recordNumber']);

export const findOnlyRecordAhead = rememberRow((db, licenceNumber: string, line: string) =>
  lookAndTell(findOnlyRecord(db, licenceNumber), line, { waits: false }),
);

/** The records of the driver with this licence number, newest first. */
export const listRecordsOf = rememberRows((db, licenceNumber: string) =>
  db
    .selectFrom('driver')
    .innerJoin('completionRecord as r', 'r.driverId', 'driver.id')
    .where('driver.licenceNumber', '=', licenceNumber)
    .orderBy('r.issuedAt', 'desc')
    .select(['r.id', 'r.recordNumber', 'r.lectureClass', 'r.periodEnd', 'r.issuedAt', 'r.state'])
    .$narrowType<{ lectureClass: OnlineLectureClass; state: RecordState }>(),
);

/** How far the driver with this licence number is in the newest lecture that he has not completed. */
export const findUnfinishedAttendance = rememberRow((db, licenceNumber: string) =>
  db
    .selectFrom('driver')
    .innerJoin('attendance as a', 'a.driverId', 'driver.id')
    .innerJoin('chapterAttendance as ca', 'ca.attendanceId', 'a.id')
    .where('driver.licenceNumber', '=', licenceNumber)
    .where('a.completedAt', 'is', null)
    .groupBy('a.id')
    .orderBy('a.periodStart', 'desc')
    .select(['a.id', 'a.startedAt', 'a.periodEnd'])
    .select((eb) => [
      eb.fn.sum<number>('ca.creditedMs').as('creditedMs'),
      eb.fn.sum<number>('ca.durationMs').as('totalMs'),
      eb.fn.countAll<number>().as('chapterCount'),
      eb.fn.count<number>('ca.photoAcceptedAt').as('doneCount'),
    ]),
);

/** Each chapter of the record as it was taken: from the ledger, the presence checks, the answer and the photo that is still kept. */
export const listChaptersTaken = rememberRows((db, recordNumber: string) =>
  db
    .selectFrom('completionRecord as r')
    .innerJoin('chapterAttendance as ca', 'ca.attendanceId', 'r.attendanceId')
    .innerJoin('chapterLanguage as ja', (join) =>
      join.onRef('ja.chapterId', '=', 'ca.chapterId').on('ja.language', '=', 'ja'),
    )
    .leftJoin('chapterLanguage as en', (join) =>
      join.onRef('en.chapterId', '=', 'ca.chapterId').on('en.language', '=', 'en'),
    )
    .leftJoin('answer', (join) =>
      join
        .onRef('answer.attendanceId', '=', 'ca.attendanceId')
        .onRef('answer.chapterId', '=', 'ca.chapterId'),
    )
    .leftJoin('facePhoto as photo', (join) =>
      join.onRef('photo.attendanceId', '=', 'ca.attendanceId').onRef('photo.chapterId', '=', 'ca.chapterId'),
    )
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('watchedInterval as run')
          .whereRef('run.attendanceId', '=', 'ca.attendanceId')
          .whereRef('run.chapterId', '=', 'ca.chapterId')
          .select(({ fn }) => [fn.min('run.startedAt').as('from'), fn.max('run.endedAt').as('to')])
          .as('watched'),
      (join) => join.onTrue(),
    )
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('presenceCheck as p')
          .whereRef('p.attendanceId', '=', 'ca.attendanceId')
          .whereRef('p.chapterId', '=', 'ca.chapterId')
          .select(({ fn }) => [
            fn.countAll<number>().as('checks'),
            fn.count<number>('p.passedAt').as('passed'),
            fn.coalesce(fn.sum<number>('p.missedCount'), sql<number>`0`).as('missed'),
          ])
          .as('presence'),
      (join) => join.onTrue(),
    )
    .where('r.recordNumber', '=', recordNumber)
    .orderBy('ca.position')
    .select(['ca.chapterId', 'ca.position', 'ca.durationMs', 'ca.creditedMs'])
    .select(['ja.title as titleJa', ({ fn }) => fn.coalesce('en.title', 'ja.title').as('titleEn')])
    .select(['watched.from as watchedFrom', 'watched.to as watchedTo'])
    .select(['presence.checks', 'presence.passed', 'presence.missed'])
    .select(['answer.isRight', 'answer.answeredAt'])
    .select(['photo.id as photoId', 'photo.takenAt as photoTakenAt', 'photo.deletedAt as photoDeletedAt'])
    .select('photo.source as photoSource'),
);

/** The photo of a lecture for which a record exists. */
export function findPhotoOfRecord(db: Database, photoId: string) {
  return db
    .selectFrom('facePhoto as photo')
    .innerJoin('completionRecord as r', 'r.attendanceId', 'photo.attendanceId')
    .where('photo.id', '=', photoId)
    .where('photo.deletedAt', 'is', null)
    .select(['r.id as recordId', 'r.state', 'photo.storageKey', 'photo.sha256'])
    .$narrowType<{ state: RecordState }>()
    .executeTakeFirst();
}

/** Where the portrait of a record's driver is kept. */
export function findPortraitOfRecord(db: Database, recordNumber: string) {
  return db
    .selectFrom('completionRecord as r')
    .innerJoin('driver', 'driver.id', 'r.driverId')
    .where('r.recordNumber', '=', recordNumber)
    .select(['r.id as recordId', 'r.state', 'driver.id as driverId', 'driver.portraitKey as storageKey'])
    .$narrowType<{ state: RecordState }>()
    .executeTakeFirst();
}
