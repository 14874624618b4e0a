import { requireActor } from '#lib/http/guards.ts';
import { getOwnRecord } from '#lib/server/records/get-own-record.ts';
import type { PageServerLoad } from './$types.ts';

export const csr = false;

export const load: PageServerLoad = async (event) => {
  const learner = requireActor(event, 'learner');
  return { record: await getOwnRecord(event.locals.app, learner) };
};
