import { json } from '@sveltejs/kit';
import { isDatabaseAlive } from '#lib/server/db/is-database-alive.ts';
import type { RequestHandler } from './$types.ts';

/** 200 when this process answers and its database does; 503 otherwise. For load balancers and the demo's start. */
export const GET: RequestHandler = async ({ locals }) => {
  const isAlive = await isDatabaseAlive(locals.app.db);
  return json({ database: isAlive }, { status: isAlive ? 200 : 503 });
};
