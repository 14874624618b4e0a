import type { Updateable } from 'kysely';
import type { Database, DB, Transaction } from '../db/database.ts';

type Queryable = Database | Transaction<DB>;

export function findPush(db: Queryable, partnerId: string) {
  return db
    .selectFrom('exchangePartner')
    .where('id', '=', partnerId)
    .where('pushUrl', 'is not', null)
    .select(['id', 'name', 'commissionCode', 'disabledAt', 'pushUrl', 'pushSecret', 'pushSecretKeyId'])
    .select(['pushPosition', 'pushFailures', 'pushNextAt', 'pushStoppedAt'])
    .$narrowType<{ pushUrl: string; pushSecret: Buffer; pushSecretKeyId: string }>()
    .executeTakeFirst();
}

export async function updatePush(
  db: Queryable,
  partnerId: string,
  push: Pick<
    Updateable<DB['exchangePartner']>,
    | 'pushUrl'
    | 'pushSecret'
    | 'pushSecretKeyId'
    | 'pushPosition'
    | 'pushFailures'
    | 'pushNextAt'
    | 'pushStoppedAt'
    | 'pushTriedAt'
    | 'pushResult'
  >,
): Promise<void> {
  await db.updateTable('exchangePartner').set(push).where('id', '=', partnerId).execute();
}

/** The position after which everything is still to come. */
export async function getNewestPosition(db: Queryable): Promise<number> {
  const { position } = await db
    .selectFrom('exchangeEvent')
    .select((eb) => eb.fn.coalesce(eb.fn.max('position'), eb.lit(0)).as('position'))
    .executeTakeFirstOrThrow();
  return Number(position);
}

export function listPushSecretsNotUnder(db: Database, keyId: string) {
  return db
    .selectFrom('exchangePartner')
    .where('pushSecretKeyId', '<>', keyId)
    .select(['id', 'pushSecret', 'pushSecretKeyId'])
    .$narrowType<{ pushSecret: Buffer; pushSecretKeyId: string }>()
    .execute();
}

/** Only where it is still the secret that was read. */
export async function markPushSecretRewrapped(
  db: Database,
  { id, former }: { readonly id: string; readonly former: Buffer },
  { wrapped, keyId }: { readonly wrapped: Buffer; readonly keyId: string },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('exchangePartner')
    .set({ pushSecret: wrapped, pushSecretKeyId: keyId })
    .where('id', '=', id)
    .where('pushSecret', '=', former)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
