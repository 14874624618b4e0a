import type { Database, DB, Transaction } from '../db/database.ts';

export interface CertificateInUse {
  readonly id: string;
  readonly driverId: string;
  readonly anchorId: string;
  readonly serial: string;
}

/** Linked certificates with which somebody is signed in, by id, from after `afterId` on. */
export function listCertificatesInUse(
  db: Database,
  { now, afterId, limit }: { now: Date; afterId: string | null; limit: number },
): Promise<CertificateInUse[]> {
  return db
    .selectFrom('credential')
    .where('credential.kind', '=', 'certificate')
    .where('credential.replacedAt', 'is', null)
    .where('credential.revokedAt', 'is', null)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('session')
          .whereRef('session.credentialId', '=', 'credential.id')
          .where('session.expiresAt', '>', now)
          .select('session.idSha256'),
      ),
    )
    .$if(afterId !== null, (query) => query.where('credential.id', '>', afterId))
    .orderBy('credential.id')
    .limit(limit)
    .select(['credential.id', 'credential.driverId', 'credential.anchorId', 'credential.serial'])
    .$narrowType<{ anchorId: string; serial: string }>()
    .execute();
}

/** False when it was marked already: then somebody else does the rest. */
export async function markCredentialRevoked(
  trx: Transaction<DB>,
  id: string,
  revokedAt: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('credential')
    .set({ revokedAt })
    .where('id', '=', id)
    .where('revokedAt', 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** True when it was marked as revoked until now. */
export async function markCredentialReinstated(trx: Transaction<DB>, id: string): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('credential')
    .set({ revokedAt: null })
    .where('id', '=', id)
    .where('revokedAt', 'is not', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** Whether the person's live viewing was opened in a session of this credential, and not of another one of his. */
export async function isWatchingWith(trx: Transaction<DB>, credentialId: string): Promise<boolean> {
  const viewing = await trx
    .selectFrom('viewing')
    .innerJoin('session', 'session.idSha256', 'viewing.sessionIdSha256')
    .where('session.credentialId', '=', credentialId)
    .where('viewing.closedAt', 'is', null)
    .select('viewing.id')
    .executeTakeFirst();
  return viewing !== undefined;
}
