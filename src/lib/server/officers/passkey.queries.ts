import type { Insertable } from 'kysely';
import type { Database, DB, Transaction } from '../db/database.ts';
import type { OfficerRole } from './officer.queries.ts';

type Queryable = Database | Transaction<DB>;

export function listPasskeys(db: Queryable, officerId: string) {
  return db.selectFrom('passkey').where('officerId', '=', officerId).select(['id', 'transports']).execute();
}

/** Undefined when this passkey is already registered, for whomever. */
export function insertPasskey(trx: Transaction<DB>, passkey: Insertable<DB['passkey']>) {
  return trx
    .insertInto('passkey')
    .values(passkey)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
}

/** A passkey and its officer; locked, so that its counter is compared and moved by one at a time. */
export function lockPasskey(trx: Transaction<DB>, id: string) {
  return trx
    .selectFrom('passkey')
    .innerJoin('officer', 'officer.id', 'passkey.officerId')
    .where('passkey.id', '=', id)
    .select(['passkey.id', 'passkey.officerId', 'passkey.publicKey', 'passkey.counter', 'passkey.transports'])
    .select(['officer.role', 'officer.disabledAt'])
    .$narrowType<{ role: OfficerRole }>()
    .forUpdate('passkey')
    .executeTakeFirst();
}

export async function markPasskeyUsed(
  trx: Transaction<DB>,
  id: string,
  used: { counter: number; lastUsedAt: Date },
): Promise<void> {
  await trx.updateTable('passkey').set(used).where('id', '=', id).execute();
}
