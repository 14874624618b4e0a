import { listTold, sumUncounted } from '#lib/domain/attendance/uncounted.ts';
import type { App } from '../app.ts';
import type { Reader } from '../db/remember.ts';
import { listUncountedMedia, listUncountedMediaOfRecord } from './uncounted.queries.ts';

/**
 * What an attendance played and did not get counted: `totals` by chapter and reason, and `told`, one by one with the times. Milliseconds of
 * media; what is shorter than a second is left out. For the learner himself, and for an officer who checks the record.
 */
export async function listUncounted(app: Pick<App, 'db'>, attendanceId: string) {
  const told = listTold(await listUncountedMedia(app.db, attendanceId));
  return { told, totals: sumUncounted(told) };
}

/** The same one by one for a record, for the officer who checks it. */
export async function listUncountedOfRecord(db: Reader, recordNumber: string) {
  return listTold(await listUncountedMediaOfRecord(db, recordNumber));
}
