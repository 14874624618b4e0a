import { json } from '@sveltejs/kit';
import { requireActor } from '#lib/http/guards.ts';
import type { ProofKeySet } from '#lib/proof/proof.ts';
import type { RequestHandler } from './$types.ts';

export const GET: RequestHandler = (event) => {
  requireActor(event, 'counterOfficer');
  const keySet: ProofKeySet = { keys: event.locals.app.recordSigner.keys };
  return json(keySet, { headers: { 'cache-control': 'no-store' } });
};
