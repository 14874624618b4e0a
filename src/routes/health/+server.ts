import { json } from '@sveltejs/kit';
import { isDatabaseAlive } from '#lib/server/db/is-database-alive.ts';
import { isStorageAlive } from '#lib/server/storage/is-storage-alive.ts';
import type { RequestHandler } from './$types.ts';

/**
 * 200 when this process answers and its database does; 503 otherwise. For load balancers and the demo's start. What has been
 * fetched plays on without storage, and heartbeats need none: that it does not answer is said, and turns nobody away.
 */
export const GET: RequestHandler = async ({ locals: { app } }) => {
  const [database, storage] = await Promise.all([isDatabaseAlive(app.db), isStorageAlive(app.storage)]);
  return json({ database, storage }, { status: database ? 200 : 503 });
};
