import { sql } from 'kysely';
import type { VideoState } from '#lib/domain/videos/video-states.ts';
import type { Database } from '../db/database.ts';

/** While a worker has a video, its wrapped secret names the try (takeUpVideo): it must not change. */
const IN_WORK: readonly VideoState[] = ['inspecting', 'transcoding', 'packaging'];

export async function listWrappingKeyIds(db: Database): Promise<{ keyId: string; videos: number }[]> {
  const rows = await db
    .selectFrom('video')
    .where('wrappedSecret', 'is not', null)
    .where('wrappingKeyId', 'is not', null)
    .groupBy('wrappingKeyId')
    .orderBy('wrappingKeyId')
    .select(['wrappingKeyId', (eb) => eb.fn.countAll<number>().as('videos')])
    .execute();
  return rows.map(({ wrappingKeyId, videos }) => ({ keyId: wrappingKeyId ?? '', videos: Number(videos) }));
}

/** Videos whose secret is wrapped under another key than this, and that nobody is working on, by id. */
export async function listSecretsNotUnder(db: Database, keyId: string, after: string | null, limit: number) {
  return db
    .selectFrom('video')
    .where('wrappedSecret', 'is not', null)
    .where('wrappingKeyId', '!=', keyId)
    .where('state', 'not in', IN_WORK)
    .$if(after !== null, (query) => query.where('id', '>', after ?? ''))
    .orderBy('id')
    .limit(limit)
    .select(['id', 'wrappedSecret', 'wrappingKeyId'])
    .execute();
}

/** False when the secret is another one by now, or somebody has taken the video up. */
export async function markSecretRewrapped(
  db: Database,
  video: { readonly id: string; readonly former: Buffer },
  secret: { readonly wrapped: Buffer; readonly keyId: string },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('video')
    .set({ wrappedSecret: secret.wrapped, wrappingKeyId: secret.keyId })
    .where('id', '=', video.id)
    .where('wrappedSecret', '=', video.former)
    .where('state', 'not in', IN_WORK)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

export async function countSecretsNotUnder(db: Database, keyId: string): Promise<number> {
  const { left } = await db
    .selectFrom('video')
    .where('wrappedSecret', 'is not', null)
    .where('wrappingKeyId', '!=', keyId)
    .select(sql<number>`count(*)`.as('left'))
    .executeTakeFirstOrThrow();
  return Number(left);
}
