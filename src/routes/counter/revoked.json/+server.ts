import { json } from '@sveltejs/kit';
import { requireActor } from '#lib/http/guards.ts';
import { listRevoked } from '#lib/server/records/list-revoked.ts';
import type { RequestHandler } from './$types.ts';

export const GET: RequestHandler = async (event) => {
  const officer = requireActor(event, 'counterOfficer');
  return json(await listRevoked(event.locals.app, officer), { headers: { 'cache-control': 'no-store' } });
};
