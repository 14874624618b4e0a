import type { Insertable } from 'kysely';
import type { Database, DB, Transaction } from '../db/database.ts';

type Connection = Database | Transaction<DB>;

export interface CredentialRow {
  readonly id: string;
  readonly driverId: string;
  readonly spkiSha256: Buffer;
  readonly replacedAt: Date | null;
}

export function findCredential(
  db: Connection,
  { anchorId, serial }: { anchorId: string; serial: string },
): Promise<CredentialRow | undefined> {
  return db
    .selectFrom('credential')
    .select(['id', 'driverId', 'spkiSha256', 'replacedAt'])
    .where('anchorId', '=', anchorId)
    .where('serial', '=', serial)
    .executeTakeFirst();
}

/** The new credential's id, or undefined when this certificate is in the table already. */
export async function insertCredential(
  trx: Transaction<DB>,
  credential: Insertable<DB['credential']>,
): Promise<string | undefined> {
  const row = await trx
    .insertInto('credential')
    .values(credential)
    .onConflict((conflict) => conflict.columns(['anchorId', 'serial']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

export async function markCredentialUsed(db: Connection, id: string, lastUsedAt: Date): Promise<void> {
  await db.updateTable('credential').set({ lastUsedAt }).where('id', '=', id).execute();
}
