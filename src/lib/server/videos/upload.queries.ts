import type { Insertable } from 'kysely';
import type { Database, DB, Transaction } from '../db/database.ts';

type Queryable = Database | Transaction<DB>;

const COLUMNS = ['id', 'officerId', 'title', 'fileName', 'bytes', 'fileModifiedMs', 'touchedAt'] as const;

export async function insertUpload(db: Queryable, upload: Insertable<DB['upload']>): Promise<void> {
  await db.insertInto('upload').values(upload).execute();
}

export async function markUploadTouched(db: Queryable, uploadId: string, at: Date): Promise<void> {
  await db.updateTable('upload').set({ touchedAt: at }).where('id', '=', uploadId).execute();
}

export async function findUploadOf(db: Queryable, officerId: string, uploadId: string) {
  return db
    .selectFrom('upload')
    .where('id', '=', uploadId)
    .where('officerId', '=', officerId)
    .select(COLUMNS)
    .executeTakeFirst();
}

export async function listUploadsOf(db: Queryable, officerId: string, limit: number) {
  return db
    .selectFrom('upload')
    .where('officerId', '=', officerId)
    .orderBy('touchedAt', 'desc')
    .orderBy('id')
    .limit(limit)
    .select(COLUMNS)
    .execute();
}

export async function listAllUploads(db: Queryable) {
  return db.selectFrom('upload').select(['id', 'bytes']).execute();
}

export async function listUploadsUntouchedSince(db: Queryable, since: Date) {
  return db
    .selectFrom('upload')
    .where('touchedAt', '<', since)
    .select(COLUMNS)
    .orderBy('touchedAt')
    .execute();
}

/** False when there is none, or a part has come since. */
export async function deleteUploadUntouchedSince(
  trx: Transaction<DB>,
  uploadId: string,
  since: Date,
): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('upload')
    .where('id', '=', uploadId)
    .where('touchedAt', '<', since)
    .executeTakeFirstOrThrow();
  return numDeletedRows === 1n;
}

/** False when there is none. */
export async function deleteUpload(db: Queryable, uploadId: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('upload')
    .where('id', '=', uploadId)
    .executeTakeFirstOrThrow();
  return numDeletedRows === 1n;
}
