import { sql } from 'kysely';
import type { Insertable } from 'kysely';
import { statesBefore, type VideoState } from '#lib/domain/lectures/lifecycle.ts';
import type { VideoInspection } from '#lib/domain/lectures/video-warnings.ts';
import type { RefusalCode } from '#lib/domain/refusal.ts';
import type { Database, DB, Transaction } from '../db/database.ts';

type Queryable = Database | Transaction<DB>;

const SUMMARY = [
  'v.id',
  'v.title',
  'v.state',
  'v.refusalCode',
  'v.progressPercent',
  'v.fileName',
  'v.sourceBytes',
  'v.durationMs',
  'v.createdAt',
  'v.readyAt',
  'v.inspection',
] as const;

/** The videos that administrators of a commission uploaded, newest first. */
function summaries(db: Queryable, commissionCode: string) {
  return db
    .selectFrom('video as v')
    .innerJoin('officer as o', 'o.id', 'v.uploadedBy')
    .where('o.commissionCode', '=', commissionCode)
    .select(SUMMARY);
}

export async function listVideoSummaries(db: Queryable, commissionCode: string, limit: number) {
  return summaries(db, commissionCode).orderBy('v.createdAt', 'desc').orderBy('v.id').limit(limit).execute();
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

export async function getVideoIdOfSource(db: Queryable, sourceKey: string): Promise<string> {
  const row = await db
    .selectFrom('video')
    .where('sourceKey', '=', sourceKey)
    .select('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/**
 * Takes a video up from the beginning under a new master secret, which from now on names this try: whoever worked on it
 * before can change nothing any more. Undefined when there is nothing (left) to do.
 */
export async function takeUpVideo(
  db: Queryable,
  videoId: string,
  secret: { wrapped: Buffer; keyId: string },
) {
  return db
    .updateTable('video')
    .set({
      state: 'inspecting',
      progressPercent: 0,
      wrappedSecret: secret.wrapped,
      wrappingKeyId: secret.keyId,
    })
    .where('id', '=', videoId)
    .where('state', 'in', statesBefore('inspecting'))
    .returning(['id', 'sourceKey', 'sourceBytes', 'wrappedSecret'])
    .executeTakeFirst();
}

/** One try at one video. */
export interface Taken {
  readonly id: string;
  readonly wrappedSecret: Buffer | null;
}

function updateTaken(db: Queryable, taken: Taken) {
  return db.updateTable('video').where('id', '=', taken.id).where('wrappedSecret', '=', taken.wrappedSecret);
}

const isChanged = (result: { numUpdatedRows: bigint }) => result.numUpdatedRows === 1n;

/** False when another worker has taken the video up since, or the move is not in the table. */
export async function moveVideo(
  db: Queryable,
  taken: Taken,
  to: VideoState,
  progressPercent: number,
): Promise<boolean> {
  const result = await updateTaken(db, taken)
    .where('state', 'in', statesBefore(to))
    .set({ state: to, progressPercent })
    .executeTakeFirstOrThrow();
  return isChanged(result);
}

/** Progress never goes back. */
export async function updateProgress(db: Queryable, taken: Taken, progressPercent: number): Promise<boolean> {
  const result = await updateTaken(db, taken)
    .where('state', '=', 'transcoding')
    .set({ progressPercent: sql<number>`greatest(progress_percent, ${progressPercent})` })
    .executeTakeFirstOrThrow();
  return isChanged(result);
}

export async function updateInspection(
  db: Queryable,
  taken: Taken,
  inspection: VideoInspection,
): Promise<boolean> {
  const result = await updateTaken(db, taken)
    .set({ inspection: JSON.stringify(inspection) })
    .executeTakeFirstOrThrow();
  return isChanged(result);
}

export interface PackagedMedia {
  readonly durationMs: number;
  readonly segmentStartsMs: number[];
  readonly mediaPrefix: string;
}

export async function markVideoReady(
  trx: Transaction<DB>,
  taken: Taken,
  media: PackagedMedia,
  readyAt: Date,
): Promise<boolean> {
  const result = await updateTaken(trx, taken)
    .where('state', 'in', statesBefore('ready'))
    .set({ state: 'ready', progressPercent: 100, readyAt, ...media })
    .executeTakeFirstOrThrow();
  return isChanged(result);
}

export async function markVideoRefused(
  trx: Transaction<DB>,
  taken: Taken,
  code: RefusalCode,
): Promise<boolean> {
  const result = await updateTaken(trx, taken)
    .where('state', 'in', statesBefore('refused'))
    .set({ state: 'refused', refusalCode: code })
    .executeTakeFirstOrThrow();
  return isChanged(result);
}

export async function markVideoFailed(
  trx: Transaction<DB>,
  taken: Taken,
  code: RefusalCode,
): Promise<boolean> {
  const result = await updateTaken(trx, taken)
    .where('state', 'in', statesBefore('failed'))
    .set({ state: 'failed', refusalCode: code })
    .executeTakeFirstOrThrow();
  return isChanged(result);
}

/** Puts a failed video back to waiting. False when it has not failed. */
export async function requeueVideo(trx: Transaction<DB>, videoId: string): Promise<boolean> {
  const result = await trx
    .updateTable('video')
    .where('id', '=', videoId)
    .where('state', '=', 'failed')
    .set({ state: 'waiting', refusalCode: null, progressPercent: 0 })
    .executeTakeFirstOrThrow();
  return isChanged(result);
}
