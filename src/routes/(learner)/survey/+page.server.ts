import { redirect } from '@sveltejs/kit';
import { Refusal } from '#lib/domain/refusal.ts';
import { parseForm } from '#lib/http/forms.ts';
import { requireActor } from '#lib/http/guards.ts';
import { attempt } from '#lib/http/refusals.ts';
import { getLecture } from '#lib/server/attendance/get-lecture.ts';
import { sendSurvey, SendSurvey } from '#lib/server/attendance/send-survey.ts';
import { stepAddress } from '../lecture/step-address.ts';
import type { Actions, PageServerLoad } from './$types.ts';

export const csr = false;

export const load: PageServerLoad = async (event) => {
  const learner = requireActor(event, 'learner');
  const { next } = await getLecture(event.locals.app, learner).catch((thrown: unknown) => {
    if (thrown instanceof Refusal) redirect(303, '/eligibility');
    throw thrown;
  });
  if (next.kind !== 'survey') redirect(303, stepAddress(next));
};

export const actions: Actions = {
  default: async (event) => {
    const learner = requireActor(event, 'learner');
    const refused = await attempt(async () => {
      const survey = await parseForm(event.request, SendSurvey).catch(() => {
        throw new Refusal('survey_incomplete');
      });
      await sendSurvey(event.locals.app, learner, survey);
    });
    return refused ?? redirect(303, '/record');
  },
};
