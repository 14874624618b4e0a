import type { Insertable } from 'kysely';
import type { Browser, Device } from '#lib/domain/people/browser-family.ts';
import type { DB, Transaction } from '../db/database.ts';
import { rememberRows } from '../db/remember.ts';
import type { SessionMethod } from './session-method.ts';

/** The session, unless it is kept with this attendance already. */
export function findSessionNotKept(trx: Transaction<DB>, attendanceId: string, idSha256: string) {
  return trx
    .selectFrom('session')
    .leftJoin('lectureSignIn as kept', (join) =>
      join.onRef('kept.sessionIdSha256', '=', 'session.idSha256').on('kept.attendanceId', '=', attendanceId),
    )
    .where('session.idSha256', '=', idSha256)
    .where('kept.attendanceId', 'is', null)
    .select(['session.method', 'session.userAgent', 'session.createdAt'])
    .executeTakeFirst();
}

export async function insertLectureSignIn(
  trx: Transaction<DB>,
  signIn: Insertable<DB['lectureSignIn']>,
): Promise<void> {
  await trx
    .insertInto('lectureSignIn')
    .values(signIn)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Of the attendance that this record is of. */
export const listLectureSignInRows = rememberRows((db, recordNumber: string) =>
  db
    .selectFrom('completionRecord as r')
    .innerJoin('lectureSignIn as s', 's.attendanceId', 'r.attendanceId')
    .where('r.recordNumber', '=', recordNumber)
    .orderBy('s.signedInAt')
    .select(['s.method', 's.browser', 's.device', 's.signedInAt'])
    .$narrowType<{ method: SessionMethod; browser: Browser; device: Device }>(),
);
