/** What the worker does with a video, and what takes it out of the worker's hands. */
import { sql } from 'kysely';
import { MOVING_STATES, statesBefore, type VideoState } from '#lib/domain/videos/video-states.ts';
import type { VideoInspection } from '#lib/domain/videos/video-warnings.ts';
import type { RefusalCode } from '#lib/domain/refusal.ts';
import type { Database, DB, Transaction } from '../db/database.ts';

type Queryable = Database | Transaction<DB>;

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
      remainingMs: null,
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
    .set({ state: to, progressPercent, remainingMs: null })
    .executeTakeFirstOrThrow();
  return isChanged(result);
}

/**
 * Writes down how far the transcoding is (it never goes back) and how long it will still take. False when this try is over:
 * another worker has taken the video up since, or somebody has stopped it.
 */
export async function updateProgress(
  db: Queryable,
  taken: Taken,
  { percent, remainingMs }: { readonly percent: number; readonly remainingMs: number | null },
): Promise<boolean> {
  const result = await updateTaken(db, taken)
    .where('state', 'in', MOVING_STATES)
    .set({ progressPercent: sql<number>`greatest(progress_percent, ${percent})`, remainingMs })
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
  readonly stillCount: number;
  readonly coverStill: number | null;
}

export async function markVideoReady(
  trx: Transaction<DB>,
  taken: Taken,
  media: PackagedMedia,
  readyAt: Date,
): Promise<boolean> {
  const result = await updateTaken(trx, taken)
    .where('state', 'in', statesBefore('ready'))
    .set({ state: 'ready', progressPercent: 100, remainingMs: null, readyAt, ...media })
    .executeTakeFirstOrThrow();
  return isChanged(result);
}

/** Ends a try without media: `refused` says what is wrong with the file, `failed` that it was none of its fault. */
export async function markVideoUnusable(
  trx: Transaction<DB>,
  taken: Taken,
  { state, code }: { readonly state: 'refused' | 'failed'; readonly code: RefusalCode },
): Promise<boolean> {
  const result = await updateTaken(trx, taken)
    .where('state', 'in', statesBefore(state))
    .set({ state, refusalCode: code })
    .executeTakeFirstOrThrow();
  return isChanged(result);
}

// Without its secret no try can change a video any more.
const ENDED = { remainingMs: null, wrappedSecret: null, wrappingKeyId: null } as const;

/** Stops a video on which somebody works or will work. False when nobody does (any more). */
export async function markVideoCancelled(trx: Transaction<DB>, videoId: string): Promise<boolean> {
  const result = await trx
    .updateTable('video')
    .where('id', '=', videoId)
    .where('state', 'in', statesBefore('cancelled'))
    .set({ state: 'cancelled', progressPercent: 0, ...ENDED })
    .executeTakeFirstOrThrow();
  return isChanged(result);
}

export async function findVideoState(db: Queryable, videoId: string): Promise<VideoState | undefined> {
  const row = await db.selectFrom('video').where('id', '=', videoId).select('state').executeTakeFirst();
  return row?.state as VideoState | undefined;
}

/**
 * Marks as failed what waits or is worked on although no job for it is left that anybody will do, such as after a worker was
 * killed at its last try. `keyPrefix` and the video's id are the key of its job. Answers the ids.
 */
export async function markAbandonedVideosFailed(
  trx: Transaction<DB>,
  code: RefusalCode,
  keyPrefix: string,
): Promise<string[]> {
  const rows = await trx
    .updateTable('video')
    .where('state', 'in', MOVING_STATES)
    .where(
      sql<boolean>`not exists (
        select from graphile_worker.jobs as j
         where j.key = ${keyPrefix} || video.id::text and (j.attempts < j.max_attempts or j.locked_at is not null))`,
    )
    .set({ state: 'failed', refusalCode: code, ...ENDED })
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}
