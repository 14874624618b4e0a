import { redirect } from '@sveltejs/kit';
import { Refusal } from '#lib/domain/refusal.ts';
import { requireActor } from '#lib/http/guards.ts';
import { getLecture } from '#lib/server/attendance/get-lecture.ts';
import type { PageServerLoad } from './$types.ts';

export const csr = false;

export const load: PageServerLoad = async (event) => {
  const learner = requireActor(event, 'learner');
  try {
    return { lecture: await getLecture(event.locals.app, learner) };
  } catch (thrown) {
    // Nothing begun in this period: the eligibility page says what can be done.
    if (thrown instanceof Refusal) redirect(303, '/eligibility');
    throw thrown;
  }
};
