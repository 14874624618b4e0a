import type { App } from '../app.ts';
import { listDriversWithSilentViewing } from './viewing.queries.ts';
import { closeLiveViewing } from './close-live-viewing.ts';

const MAX_PER_SWEEP = 1_000;

/** Closes viewings whose browser has gone without a word, at their last heartbeat. Run by the worker every minute. */
export async function sweepViewings(app: App): Promise<number> {
  const before = new Date(app.clock.now().getTime() - app.config.attendanceLimits.leaseTtlMs);
  const driverIds = await listDriversWithSilentViewing(app.db, before, MAX_PER_SWEEP);
  for (const driverId of driverIds) {
    await app.db.transaction().execute((trx) => closeLiveViewing(app, trx, driverId, 'expired'));
  }
  return driverIds.length;
}
