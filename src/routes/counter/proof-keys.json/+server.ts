import { json } from '@sveltejs/kit';
import { requireActorOfScript } from '#lib/http/guards.ts';
import { orRefusalJson } from '#lib/http/refusals.ts';
import type { ProofKeySet } from '#lib/proof/proof.ts';
import type { RequestHandler } from './$types.ts';

export const GET: RequestHandler = ({ locals }) =>
  orRefusalJson(async () => {
    requireActorOfScript(locals, 'counterOfficer');
    const keySet: ProofKeySet = { keys: locals.app.recordSigner.keys };
    return json(keySet, { headers: { 'cache-control': 'no-store' } });
  });
