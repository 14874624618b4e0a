import { requireActor } from '#lib/http/guards.ts';
import { listOwnLooks } from '#lib/server/looks/list-own-looks.ts';
import type { PageServerLoad } from './$types.ts';

export const csr = false;

export const load: PageServerLoad = async (event) => {
  const learner = requireActor(event, 'learner');
  return { looks: await listOwnLooks(event.locals.app, learner) };
};
