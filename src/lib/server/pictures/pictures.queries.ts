import { sql } from 'kysely';
import type { Database, DB, Transaction } from '../db/database.ts';
import type { Seal } from './seal.ts';

type Queryable = Database | Transaction<DB>;

export async function insertSeal(
  trx: Transaction<DB>,
  { storageKey, seal, clearKey = null }: { storageKey: string; seal: Seal; clearKey?: string | null },
): Promise<void> {
  await trx
    .insertInto('sealedPicture')
    .values({ storageKey, wrappedKey: seal.wrapped, wrappingKeyId: seal.keyId, clearKey })
    .execute();
}

export async function findSeal(db: Queryable, storageKey: string): Promise<Seal | undefined> {
  const row = await db
    .selectFrom('sealedPicture')
    .where('storageKey', '=', storageKey)
    .select(['wrappedKey', 'wrappingKeyId'])
    .executeTakeFirst();
  return row && { wrapped: row.wrappedKey, keyId: row.wrappingKeyId };
}

export async function deleteSeal(trx: Transaction<DB>, storageKey: string): Promise<void> {
  await trx.deleteFrom('sealedPicture').where('storageKey', '=', storageKey).execute();
}

/** Face photos that are kept and lie in clear, by id. */
export function listClearPhotos(db: Database, after: string, limit: number) {
  return db
    .selectFrom('facePhoto')
    .where('deletedAt', 'is', null)
    .where('storageKey', 'not like', '%.sealed')
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .select(['id', 'storageKey', 'sha256'])
    .execute();
}

/** Portraits that lie in clear, by driver. */
export async function listClearPortraits(db: Database, after: string, limit: number) {
  const rows = await db
    .selectFrom('driver')
    .where('portraitKey', 'not like', '%.sealed')
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .select(['id', 'portraitKey'])
    .execute();
  return rows.flatMap(({ id, portraitKey }) =>
    portraitKey === null ? [] : [{ id, storageKey: portraitKey, sha256: null }],
  );
}

interface Moved {
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

/** False when the photo has been deleted or sealed meanwhile. */
export async function movePhoto(trx: Transaction<DB>, { id, from, to }: Moved): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('facePhoto')
    .set({ storageKey: to })
    .where('id', '=', id)
    .where('storageKey', '=', from)
    .where('deletedAt', 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

/** False when there is another portrait by now, or none. */
export async function movePortrait(trx: Transaction<DB>, { id, from, to }: Moved): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('driver')
    .set({ portraitKey: to })
    .where('id', '=', id)
    .where('portraitKey', '=', from)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

/** Files in clear that have been sealed and are still to be removed. */
export async function listLeftInClear(db: Database, limit: number) {
  const rows = await db
    .selectFrom('sealedPicture')
    .where('clearKey', 'is not', null)
    .limit(limit)
    .select(['storageKey', 'clearKey'])
    .execute();
  return rows.map(({ storageKey, clearKey }) => ({ storageKey, clearKey: clearKey ?? '' }));
}

export async function markClearRemoved(db: Database, storageKey: string): Promise<void> {
  await db
    .updateTable('sealedPicture')
    .set({ clearKey: null })
    .where('storageKey', '=', storageKey)
    .execute();
}

export async function listPictureKeyIds(db: Database): Promise<{ keyId: string; pictures: number }[]> {
  const rows = await db
    .selectFrom('sealedPicture')
    .groupBy('wrappingKeyId')
    .orderBy('wrappingKeyId')
    .select(['wrappingKeyId as keyId', (eb) => eb.fn.countAll<number>().as('pictures')])
    .execute();
  return rows.map(({ keyId, pictures }) => ({ keyId, pictures: Number(pictures) }));
}

export function listSealsNotUnder(db: Database, keyId: string, after: string, limit: number) {
  return db
    .selectFrom('sealedPicture')
    .where('wrappingKeyId', '!=', keyId)
    .where('storageKey', '>', after)
    .orderBy('storageKey')
    .limit(limit)
    .select(['storageKey', 'wrappedKey', 'wrappingKeyId'])
    .execute();
}

/** Answers how many: what has gone, or was wrapped anew by somebody else meanwhile, stays as it is. */
export async function updateSeals(
  db: Database,
  rewrapped: readonly { storageKey: string; former: Buffer; seal: Seal }[],
): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    update sealed_picture as kept set wrapped_key = anew.wrapped, wrapping_key_id = anew.key_id
      from unnest(${rewrapped.map(({ storageKey }) => storageKey)}::text[],
                  ${rewrapped.map(({ former }) => former)}::bytea[],
                  ${rewrapped.map(({ seal }) => seal.wrapped)}::bytea[],
                  ${rewrapped.map(({ seal }) => seal.keyId)}::text[]) as anew (storage_key, former, wrapped, key_id)
     where kept.storage_key = anew.storage_key and kept.wrapped_key = anew.former`.execute(db);
  return Number(numAffectedRows);
}
