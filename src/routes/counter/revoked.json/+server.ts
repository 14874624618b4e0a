import { json } from '@sveltejs/kit';
import { requireActorOfScript } from '#lib/http/guards.ts';
import { orRefusalJson } from '#lib/http/refusals.ts';
import { listRevoked } from '#lib/server/records/list-revoked.ts';
import type { RequestHandler } from './$types.ts';

export const GET: RequestHandler = ({ locals }) =>
  orRefusalJson(async () => {
    const officer = requireActorOfScript(locals, 'counterOfficer');
    return json(await listRevoked(locals.app, officer), { headers: { 'cache-control': 'no-store' } });
  });
