import { browserFamily, type Browser, type Device } from '#lib/domain/people/browser-family.ts';
import type { DB, Transaction } from '../db/database.ts';
import type { Reader } from '../db/remember.ts';
import {
  findSessionNotKept,
  insertLectureSignIn,
  listLectureSignInRows,
} from './lecture-sign-ins.queries.ts';
import type { SessionMethod } from './session-method.ts';

/** How and when somebody came in to take his lecture. */
export interface LectureSignIn {
  readonly method: SessionMethod;
  readonly browser: Browser;
  readonly device: Device;
  readonly signedInAt: Date;
}

/** Keeps that the attendance is taken in this session, once. Of the browser only its family is kept, and no address. */
export async function keepLectureSignIn(
  trx: Transaction<DB>,
  attendanceId: string,
  sessionIdSha256: string,
): Promise<void> {
  const session = await findSessionNotKept(trx, attendanceId, sessionIdSha256);
  if (!session) return;
  const { userAgent, createdAt, method } = session;
  await insertLectureSignIn(trx, {
    attendanceId,
    sessionIdSha256,
    method,
    ...browserFamily(userAgent),
    signedInAt: createdAt,
  });
}

/** In which sessions the lecture of this record was taken, the first one first. */
export function listLectureSignIns(db: Reader, recordNumber: string): Promise<LectureSignIn[]> {
  return listLectureSignInRows(db, recordNumber);
}
