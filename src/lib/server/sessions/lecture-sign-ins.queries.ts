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

export const listLectureSignInRows = rememberRows((db, attendanceId: string) =>
  db
    .selectFrom('lectureSignIn')
    .where('attendanceId', '=', attendanceId)
    .orderBy('signedInAt')
    .select(['method', 'browser', 'device', 'signedInAt'])
    .$narrowType<{ method: SessionMethod; browser: Browser; device: Device }>(),
);
