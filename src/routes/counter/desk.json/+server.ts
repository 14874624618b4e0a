import { json } from '@sveltejs/kit';
import { requireActor } from '#lib/http/guards.ts';
import { prepareDesk } from '#lib/server/records/prepare-desk.ts';
import type { RequestHandler } from './$types.ts';

export const GET: RequestHandler = (event) => {
  const officer = requireActor(event, 'counterOfficer');
  return json(prepareDesk(event.locals.app, officer), { headers: { 'cache-control': 'no-store' } });
};
