import type { Database } from '../db/database.ts';

/** Sources of videos and uploads that go on; whatever stands beside them belongs to them. */
export async function listKnownUploads(db: Database, ids: readonly string[]): Promise<string[]> {
  const keys = ids.map((id) => `uploads/${id}`);
  const [sources, uploads] = await Promise.all([
    db.selectFrom('video').where('sourceKey', 'in', keys).select('sourceKey').execute(),
    db.selectFrom('upload').where('id', 'in', ids).select('id').execute(),
  ]);
  return [
    ...sources.map(({ sourceKey }) => sourceKey.slice('uploads/'.length)),
    ...uploads.map(({ id }) => id),
  ];
}

/** Videos that have media, or to which somebody is giving some. */
export async function listKnownVideos(db: Database, ids: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('video')
    .where('id', 'in', ids)
    .where('state', 'not in', ['refused', 'failed'])
    .select('id')
    .execute();
  return rows.map(({ id }) => id);
}

export async function listKnownPhotos(db: Database, keys: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('facePhoto')
    .where('storageKey', 'in', keys)
    .where('deletedAt', 'is', null)
    .select('storageKey')
    .execute();
  return rows.map(({ storageKey }) => storageKey);
}

export async function listKnownPortraits(db: Database, keys: readonly string[]): Promise<string[]> {
  const rows = await db.selectFrom('driver').where('portraitKey', 'in', keys).select('portraitKey').execute();
  return rows.flatMap(({ portraitKey }) => portraitKey ?? []);
}

/** By id, a page at a time: `after` is the last of the page before. */
interface Page {
  readonly after: string | null;
  readonly limit: number;
}

export async function listReadyVideos(db: Database, { after, limit }: Page) {
  return db
    .selectFrom('video')
    .where('state', '=', 'ready')
    .$if(after !== null, (query) => query.where('id', '>', after ?? ''))
    .orderBy('id')
    .limit(limit)
    .select(['id', 'mediaPrefix', 'sourceKey'])
    .execute();
}

export async function listKeptPhotos(db: Database, takenBefore: Date, { after, limit }: Page) {
  return db
    .selectFrom('facePhoto')
    .where('deletedAt', 'is', null)
    .where('takenAt', '<', takenBefore)
    .$if(after !== null, (query) => query.where('id', '>', after ?? ''))
    .orderBy('id')
    .limit(limit)
    .select(['id', 'storageKey'])
    .execute();
}

export async function listPortraits(db: Database, { after, limit }: Page) {
  return db
    .selectFrom('driver')
    .where('portraitKey', 'is not', null)
    .$if(after !== null, (query) => query.where('id', '>', after ?? ''))
    .orderBy('id')
    .limit(limit)
    .select(['id', 'portraitKey'])
    .execute();
}
