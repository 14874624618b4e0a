import { sql } from 'kysely';
import type { Insertable } from 'kysely';
import { RETRIED_STATES } from '#lib/domain/videos/video-states.ts';
import type { Database, DB, Transaction } from '../db/database.ts';

type Queryable = Database | Transaction<DB>;

const SUMMARY = [
  'v.id',
  'v.title',
  'v.state',
  'v.refusalCode',
  'v.progressPercent',
  'v.remainingMs',
  'v.fileName',
  'v.sourceBytes',
  'v.durationMs',
  'v.createdAt',
  'v.readyAt',
  'v.inspection',
  'v.stillCount',
  'v.coverStill',
] as const;

/** The videos that administrators of a commission uploaded, newest first. */
function summaries(db: Queryable, commissionCode: string) {
  return db
    .selectFrom('video as v')
    .innerJoin('officer as o', 'o.id', 'v.uploadedBy')
    .where('o.commissionCode', '=', commissionCode)
    .select(SUMMARY)
    .select(sql<number | null>`v.segment_starts_ms[2]`.as('segmentMs'));
}

export async function listVideoSummaries(db: Queryable, commissionCode: string, limit: number) {
  return summaries(db, commissionCode).orderBy('v.createdAt', 'desc').orderBy('v.id').limit(limit).execute();
}

/** What it takes to show the pictures of a video that is ready. */
export async function findVideoStills(db: Queryable, commissionCode: string, videoId: string) {
  return db
    .selectFrom('video as v')
    .innerJoin('officer as o', 'o.id', 'v.uploadedBy')
    .where('o.commissionCode', '=', commissionCode)
    .where('v.id', '=', videoId)
    .where('v.state', '=', 'ready')
    .select(['v.mediaPrefix', 'v.wrappedSecret', 'v.wrappingKeyId', 'v.stillCount'])
    .executeTakeFirst();
}

export async function findVideoSummary(db: Queryable, commissionCode: string, videoId: string) {
  return summaries(db, commissionCode).where('v.id', '=', videoId).executeTakeFirst();
}

/** Undefined when there is a video of this source already. */
export async function insertVideo(trx: Transaction<DB>, video: Insertable<DB['video']>) {
  return trx
    .insertInto('video')
    .values(video)
    .onConflict((conflict) => conflict.column('sourceKey').doNothing())
    .returning('id')
    .executeTakeFirst();
}

export async function findVideoIdOfSource(db: Queryable, sourceKey: string): Promise<string | undefined> {
  const row = await db.selectFrom('video').where('sourceKey', '=', sourceKey).select('id').executeTakeFirst();
  return row?.id;
}

export async function getVideoIdOfSource(db: Queryable, sourceKey: string): Promise<string> {
  const row = await db
    .selectFrom('video')
    .where('sourceKey', '=', sourceKey)
    .select('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** Puts a video that failed or was stopped back to waiting. False when it is neither (any more). */
export async function requeueVideo(trx: Transaction<DB>, videoId: string): Promise<boolean> {
  const result = await trx
    .updateTable('video')
    .where('id', '=', videoId)
    .where('state', 'in', RETRIED_STATES)
    .set({ state: 'waiting', refusalCode: null, progressPercent: 0, remainingMs: null })
    .executeTakeFirstOrThrow();
  return result.numUpdatedRows === 1n;
}

/** Where the files of a video that is ready stand in storage. */
export async function findMediaPrefix(db: Queryable, videoId: string): Promise<string | null | undefined> {
  const row = await db
    .selectFrom('video')
    .where('id', '=', videoId)
    .where('state', '=', 'ready')
    .select('mediaPrefix')
    .executeTakeFirst();
  return row?.mediaPrefix;
}
