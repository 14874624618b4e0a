import { tokyoDate } from '#lib/domain/renewal/calendar.ts';
import type { App } from '../app.ts';
import type { DB, Transaction } from '../db/database.ts';
import { bringDeletionForward } from './gates.queries.ts';

/** The photos of an attendance are needed no more: the next run deletes them. In the transaction that uses up the record. */
export async function releasePhotos(
  app: Pick<App, 'clock'>,
  trx: Transaction<DB>,
  attendanceId: string,
): Promise<void> {
  await bringDeletionForward(trx, attendanceId, tokyoDate(app.clock.now()));
}
