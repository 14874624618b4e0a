import { extendedEnd } from '#lib/domain/renewal/period.ts';
import type { DB, Transaction } from '../db/database.ts';
import { HOLIDAYS } from '../register/holidays.ts';
import { listOutgrownPeriods, updatePeriodEnd } from './attendance.queries.ts';

/**
 * After an import of the register: lectures that have not been finished go on to the last day that a decree has given their people
 * (domain/renewal/period.ts). Where there is a record already, the counter asks the register itself (records/situation-of.ts).
 */
export async function extendPeriods(trx: Transaction<DB>, importId: string): Promise<void> {
  for (const { id, periodStart, periodEnd, ...registered } of await listOutgrownPeriods(trx, importId)) {
    const end = extendedEnd({ start: periodStart, end: periodEnd }, registered, HOLIDAYS);
    if (end !== periodEnd) await updatePeriodEnd(trx, id, end);
  }
}
