import type { Insertable } from 'kysely';
import type { Database, DB, Transaction } from '../db/database.ts';
import type { CredentialIdentity } from './proof.ts';

type Connection = Database | Transaction<DB>;

export interface CredentialRow {
  readonly id: string;
  readonly driverId: string;
  readonly replacedAt: Date | null;
}

/** A certificate is found by anchor, serial and the same key: a serial number alone proves nothing. */
export function findCredential(
  db: Connection,
  identity: CredentialIdentity,
): Promise<CredentialRow | undefined> {
  return db
    .selectFrom('credential')
    .select(['id', 'driverId', 'replacedAt'])
    .where((eb) =>
      identity.kind === 'certificate'
        ? eb.and({ anchorId: identity.anchorId, serial: identity.serial, spkiSha256: identity.spkiSha256 })
        : eb.and({ issuer: identity.issuer, subject: identity.subject }),
    )
    .executeTakeFirst();
}

/** Whose credential this is. */
export async function findDriverOfCredential(db: Connection, id: string): Promise<string | undefined> {
  const row = await db.selectFrom('credential').select('driverId').where('id', '=', id).executeTakeFirst();
  return row?.driverId;
}

/** The new credential's id, or undefined when it is in the table already. */
export async function insertCredential(
  trx: Transaction<DB>,
  credential: Insertable<DB['credential']>,
): Promise<string | undefined> {
  const row = await trx
    .insertInto('credential')
    .values(credential)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

/** In force again, for the driver that it always was of. */
export async function markCredentialLinkedAgain(
  trx: Transaction<DB>,
  id: string,
  linkedAt: Date,
): Promise<void> {
  await trx.updateTable('credential').set({ linkedAt, replacedAt: null }).where('id', '=', id).execute();
}

/** The driver's other credentials of the same kind (of the app: of the same issuer) are replaced; answers their ids. */
export function markOthersReplaced(
  trx: Transaction<DB>,
  {
    id,
    driverId,
    identity,
    replacedAt,
  }: {
    id: string;
    driverId: string;
    identity: CredentialIdentity;
    replacedAt: Date;
  },
): Promise<{ id: string }[]> {
  return trx
    .updateTable('credential')
    .set({ replacedAt })
    .where('driverId', '=', driverId)
    .where('id', '<>', id)
    .where('replacedAt', 'is', null)
    .where('kind', '=', identity.kind)
    .$if(identity.kind === 'oidc', (query) =>
      query.where('issuer', '=', identity.kind === 'oidc' ? identity.issuer : ''),
    )
    .returning('id')
    .execute();
}

export async function markCredentialUsed(db: Connection, id: string, lastUsedAt: Date): Promise<void> {
  await db.updateTable('credential').set({ lastUsedAt }).where('id', '=', id).execute();
}
