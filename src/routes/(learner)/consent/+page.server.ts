import { redirect } from '@sveltejs/kit';
import { Refusal } from '#lib/domain/refusal.ts';
import { parseForm } from '#lib/http/forms.ts';
import { requireActor } from '#lib/http/guards.ts';
import { attempt, viewRefusal } from '#lib/http/refusals.ts';
import {
  findLectureToBegin,
  startAttendance,
  StartAttendance,
} from '#lib/server/attendance/start-attendance.ts';
import type { Actions, PageServerLoad } from './$types.ts';

export const csr = false;

export const load: PageServerLoad = async (event) => {
  const learner = requireActor(event, 'learner');
  try {
    const lecture = await findLectureToBegin(event.locals.app, learner);
    return {
      lecture: lecture ?? null,
      refusal: lecture ? null : viewRefusal(new Refusal('no_lecture_published')),
    };
  } catch (thrown) {
    if (thrown instanceof Refusal && thrown.code === 'not_eligible') redirect(303, '/eligibility');
    throw thrown;
  }
};

export const actions: Actions = {
  default: async (event) => {
    const learner = requireActor(event, 'learner');
    const refused = await attempt(async () => {
      const consent = await parseForm(event.request, StartAttendance).catch(() => {
        throw new Refusal('consent_required');
      });
      await startAttendance(event.locals.app, learner, consent);
    });
    return refused ?? redirect(303, '/lecture');
  },
};
