import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { parseForm, safeNext } from '#lib/http/forms.ts';
import { attempt } from '#lib/http/refusals.ts';
import { browserToken, sessionToken, setSession } from '#lib/http/session-cookie.ts';
import { endSession } from '#lib/server/sessions/end-session.ts';
import { answerCardChallenge, CardAnswer } from '#lib/server/sign-in/answer-card-challenge.ts';
import { listTestPeople } from '#lib/server/sign-in/test-cards.ts';
import type { Actions, PageServerLoad } from './$types.ts';

const AFTER_SIGN_IN = '/eligibility';
const SignInForm = z.object({ ...CardAnswer.shape, next: z.string().optional() });

export const load: PageServerLoad = async (event) => {
  const next = safeNext(event.url.searchParams.get('next'), AFTER_SIGN_IN);
  if (event.locals.actor?.kind === 'learner') redirect(303, next);
  browserToken(event); // the cookie has to be there before the challenge is asked for
  return { next, people: await listTestPeople(event.locals.app.config) };
};

export const actions: Actions = {
  answer: async (event) => {
    const { app, requestId } = event.locals;
    const outcome = await attempt(async () => {
      const { next, ...answer } = await parseForm(event.request, SignInForm);
      const userAgent = event.request.headers.get('user-agent') ?? '';
      const context = { browserToken: browserToken(event), userAgent, requestId };
      return {
        session: await answerCardChallenge(app, context, answer),
        next: safeNext(next ?? null, AFTER_SIGN_IN),
      };
    });
    if (!('session' in outcome)) return outcome;
    const previous = sessionToken(event);
    if (previous !== undefined) await endSession(app, previous);
    setSession(event, outcome.session);
    redirect(303, outcome.next);
  },
};
