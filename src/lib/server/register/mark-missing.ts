import { LIMITS } from '#lib/domain/limits.ts';
import type { Database, DB, Transaction } from '../db/database.ts';
import { countNotInWhole, listLicenceNumbers, listMarkedAt, markNotInWhole } from './register.queries.ts';

export interface Missing {
  /** All drivers of the commission who are not in its last whole file. */
  readonly count: number;
  /** Of these, who was in the one before, or came in between. */
  readonly newCount: number;
  /** The first LIMITS.importMaxFaults of the new ones. */
  readonly newDriverIds: readonly string[];
}

/** After a whole file of a commission was taken over: marks who was not in it. Nobody is deleted, and nothing else about him changes. */
export async function markMissing(
  trx: Transaction<DB>,
  whole: { readonly importId: string; readonly commissionCode: string; readonly at: Date },
): Promise<Missing> {
  const newCount = await markNotInWhole(trx, whole);
  return {
    newCount,
    count: await countNotInWhole(trx, whole.commissionCode),
    newDriverIds: newCount === 0 ? [] : await listMarkedAt(trx, whole, LIMITS.importMaxFaults),
  };
}

/** Their licence numbers, in order; who has been deleted since is left out. */
export function licenceNumbersOf(
  { db }: { readonly db: Database | Transaction<DB> },
  driverIds: readonly string[],
): Promise<string[]> {
  return listLicenceNumbers(db, driverIds);
}
