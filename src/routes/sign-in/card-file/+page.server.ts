import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { AFTER_SIGN_IN, enterAsLearner, limitAttempts, signInContext } from '#lib/http/entrance.ts';
import { parseForm, safeNext } from '#lib/http/forms.ts';
import { attempt, viewRefusal } from '#lib/http/refusals.ts';
import { browserToken, takeRefusal } from '#lib/http/session-cookie.ts';
import { answerCardChallenge, CardAnswer } from '#lib/server/sign-in/answer-card-challenge.ts';
import { listTestPeople } from '#lib/server/sign-in/test-cards.ts';
import { offeredWays } from '../offered-ways.ts';
import type { Actions, PageServerLoad } from './$types.ts';

const SignInForm = z.object({ ...CardAnswer.shape, next: z.string().optional() });

export const load: PageServerLoad = async (event) => {
  const next = safeNext(event.url.searchParams.get('next'), AFTER_SIGN_IN);
  if (event.locals.actor?.kind === 'learner') redirect(303, next);
  browserToken(event); // the cookie has to be there before the challenge is asked for
  const refusal = takeRefusal(event);
  const { app } = event.locals;
  return {
    next,
    refusal: refusal && viewRefusal(refusal),
    hasOtherWays: offeredWays(app).length > 0,
    people: await listTestPeople(app.config),
  };
};

export const actions: Actions = {
  answer: async (event) => {
    const outcome = await attempt(async () => {
      await limitAttempts(event);
      const { next, ...answer } = await parseForm(event.request, SignInForm);
      return { entrance: await answerCardChallenge(event.locals.app, signInContext(event), answer), next };
    });
    if (!('entrance' in outcome)) return outcome;
    return enterAsLearner(event, outcome.entrance, outcome.next ?? null);
  },
};
