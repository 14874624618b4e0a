import type { Administrator } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { DB, Transaction } from '../db/database.ts';
import { findOfficerState } from './administration.queries.ts';
import { lockCommission } from './officer.queries.ts';

/**
 * Makes administrators of one commission act one after the other, and only those who may still act when their turn comes: two who disable each
 * other at the same moment would leave nobody. Refused as `not_allowed`.
 *
 * The commission is locked and no officer: officers who sign in meanwhile lock their passkey or invitation first and themselves afterwards.
 */
export async function takeTurn(trx: Transaction<DB>, administrator: Administrator): Promise<void> {
  const { commissionCode, officerId } = administrator;
  await lockCommission(trx, commissionCode);
  const oneself = await findOfficerState(trx, commissionCode, officerId);
  if (!oneself || oneself.disabledAt !== null) throw new Refusal('not_allowed');
}

/** The officer who is to be changed. Refused: `not_allowed`; `not_found` for nobody and for one of another commission. */
export async function takeTurnWith(trx: Transaction<DB>, administrator: Administrator, officerId: string) {
  await takeTurn(trx, administrator);
  const officer = await findOfficerState(trx, administrator.commissionCode, officerId);
  if (!officer) throw new Refusal('not_found');
  return officer;
}
