import { MOVING_STATES } from '#lib/domain/videos/video-states.ts';
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

/** Where these videos have their media: the folder of the try that succeeded, or all folders of one that is being worked on. */
export async function listKnownMedia(db: Database, ids: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('video')
    .where('id', 'in', ids)
    .where('state', 'in', ['ready', ...MOVING_STATES])
    .select(['id', 'state', 'mediaPrefix'])
    .execute();
  return rows.map(({ id, state, mediaPrefix }) =>
    state === 'ready' && mediaPrefix !== null ? mediaPrefix : `media/${id}`,
  );
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
