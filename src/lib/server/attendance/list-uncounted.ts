import { listTold, sumUncounted, type Uncounted } from '#lib/domain/attendance/uncounted.ts';
import type { App } from '../app.ts';
import { listMissedMedia, listUncountedReports } from './uncounted.queries.ts';

/**
 * What an attendance played and did not get counted: `totals` by chapter and reason, and `told`, one by one with the times. Milliseconds of
 * media; what is shorter than a second is left out. For the learner himself, and for an officer who checks the record.
 */
export async function listUncounted(app: Pick<App, 'db'>, attendanceId: string) {
  const [reports, missed] = await Promise.all([
    listUncountedReports(app.db, attendanceId),
    listMissedMedia(app.db, attendanceId),
  ]);
  const told = listTold<Uncounted>([
    ...reports,
    ...missed.map(({ position, ms, at }) => ({
      position,
      ms,
      cause: 'presenceMissed' as const,
      from: at,
      until: at,
    })),
  ]);
  return { told, totals: sumUncounted(told) };
}
