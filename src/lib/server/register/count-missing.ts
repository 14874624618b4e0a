import type { Administrator } from '#lib/domain/people/actor.ts';
import type { App } from '../app.ts';
import { countNotInWhole } from './register.queries.ts';

/** How many drivers of the administrator's commission were not in its last whole file; the counter is told of each of them. */
export function countMissing(app: App, { commissionCode }: Administrator): Promise<number> {
  return countNotInWhole(app.db, commissionCode);
}
