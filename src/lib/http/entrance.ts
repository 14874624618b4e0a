import { redirect, type RequestEvent } from '@sveltejs/kit';
import { Refusal } from '#lib/domain/refusal.ts';
import { endSession } from '#lib/server/sessions/end-session.ts';
import type { Entrance, SignInContext } from '#lib/server/sign-in/enter.ts';
import { safeNext } from './forms.ts';
import { browserToken, keepRefusal, sessionToken, setSession } from './session-cookie.ts';

export const AFTER_SIGN_IN = '/eligibility';

/** What every way in needs to know of the request. */
export function signInContext(event: RequestEvent): SignInContext {
  return {
    browserToken: browserToken(event),
    userAgent: event.request.headers.get('user-agent') ?? '',
    requestId: event.locals.requestId,
  };
}

/** Ends the session that the browser had, gives it the new one and sends the learner on. */
export async function enterAsLearner(
  event: RequestEvent,
  entrance: Entrance,
  next: string | null,
): Promise<never> {
  const previous = sessionToken(event);
  if (previous !== undefined) await endSession(event.locals.app, previous);
  setSession(event, entrance);
  redirect(303, safeNext(next, AFTER_SIGN_IN));
}

/** For the ways in that come back by a redirect: a refusal is told on the sign-in page; a fault stays a fault. */
export async function orBackToSignIn<T>(event: RequestEvent, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    keepRefusal(event, thrown);
    redirect(303, '/sign-in');
  }
}
