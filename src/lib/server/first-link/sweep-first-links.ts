import type { App } from '../app.ts';
import { deleteUnsignedExpiredBefore, markLapsed } from './first-link.queries.ts';

const KEEP_UNSIGNED_MS = 24 * 3_600_000;

/** Ends the first links whose time is over, and forgets those of yesterday that nobody signed. */
export async function sweepFirstLinks({ db, clock, log }: App): Promise<void> {
  const now = clock.now();
  const lapsed = await markLapsed(db, now);
  const deleted = await deleteUnsignedExpiredBefore(db, new Date(now.getTime() - KEEP_UNSIGNED_MS));
  if (lapsed + deleted > 0) log.info({ lapsed, deleted }, 'first links were swept');
}
