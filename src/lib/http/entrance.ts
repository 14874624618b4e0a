import { redirect, type RequestEvent } from '@sveltejs/kit';
import { Refusal } from '#lib/domain/refusal.ts';
import { bindFirstLink } from '#lib/server/first-link/bind-first-link.ts';
import { limitSignIn } from '#lib/server/rate-limits/limit-sign-in.ts';
import { endSession } from '#lib/server/sessions/end-session.ts';
import type { Entrance, SignInContext } from '#lib/server/sign-in/enter.ts';
import { safeNext } from './forms.ts';
import {
  browserToken,
  clearSession,
  keepRefusal,
  renewBrowserToken,
  sessionToken,
  setSession,
} from './session-cookie.ts';

export const AFTER_SIGN_IN = '/eligibility';
const FIRST_LINK = '/sign-in/link';

/** What every way in needs to know of the request. */
export function signInContext(event: RequestEvent): SignInContext {
  return {
    browserToken: browserToken(event),
    userAgent: event.request.headers.get('user-agent') ?? '',
    requestId: event.locals.requestId,
  };
}

const MINUTE_SECONDS = 60;

/**
 * Counts an attempt to sign in at this route, by browser and by network. Call it before anything is looked at. Refused as
 * `too_many_requests`; the answer then says when to come again (Retry-After, RFC 9110 §10.2.3).
 */
export async function limitAttempts(event: RequestEvent): Promise<void> {
  const trier = { browserToken: browserToken(event), clientAddress: event.getClientAddress() };
  const what = `${event.request.method} ${event.route.id}`;
  try {
    await limitSignIn(event.locals.app, trier, what);
  } catch (thrown) {
    if (thrown instanceof Refusal) {
      event.setHeaders({ 'retry-after': String(Number(thrown.detail.minutes) * MINUTE_SECONDS) });
    }
    throw thrown;
  }
}

/**
 * Ends the session that the browser had, gives it the new one and sends the learner on; who came with a card that is linked to nobody has no
 * session, and goes to the first link.
 */
export async function enterAsLearner(
  event: RequestEvent,
  entrance: Entrance,
  next: string | null,
): Promise<never> {
  const previous = sessionToken(event);
  if (previous !== undefined) await endSession(event.locals.app, previous);
  if (entrance.kind === 'firstLink') {
    clearSession(event);
    await bindFirstLink(event.locals.app, { id: entrance.id, browserToken: renewBrowserToken(event) });
    redirect(303, FIRST_LINK);
  }
  setSession(event, entrance);
  renewBrowserToken(event);
  redirect(303, safeNext(next, AFTER_SIGN_IN));
}

/** For the ways in that go and come back by redirects: counts the attempt; a refusal is told on the sign-in page; a fault stays a fault. */
export function orBackToSignIn<T>(event: RequestEvent, act: () => Promise<T>): Promise<T> {
  return orBackTo('/sign-in', event, act);
}

/** The same, with the refusal told on another page (takeRefusal). */
export async function orBackTo<T>(
  path: '/sign-in' | '/sign-in/phone/done' | typeof FIRST_LINK,
  event: RequestEvent,
  act: () => Promise<T>,
): Promise<T> {
  try {
    await limitAttempts(event);
    return await act();
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    keepRefusal(event, thrown);
    redirect(303, path);
  }
}
