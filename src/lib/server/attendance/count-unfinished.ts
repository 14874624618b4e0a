import { tokyoDate } from '#lib/domain/renewal/calendar.ts';
import type { App } from '../app.ts';
import type { Database, DB, Transaction } from '../db/database.ts';
import { countUnfinishedAttendances } from './attendance.queries.ts';

/** How many learners have begun an edition, not finished it, and are still inside their renewal period. */
export async function countUnfinished(
  app: Pick<App, 'clock'>,
  db: Database | Transaction<DB>,
  editionId: string,
): Promise<number> {
  return countUnfinishedAttendances(db, editionId, tokyoDate(app.clock.now()));
}
