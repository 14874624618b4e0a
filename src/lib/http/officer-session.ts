import { redirect, type RequestEvent } from '@sveltejs/kit';
import type { OfficerSession, PasskeyContext } from '#lib/server/officers/begin-officer-session.ts';
import { endSession } from '#lib/server/sessions/end-session.ts';
import { browserToken, renewBrowserToken, sessionToken, setSession } from './session-cookie.ts';

export const OFFICER_HOME: Record<OfficerSession['role'], string> = {
  counterOfficer: '/counter',
  administrator: '/admin',
};

/** What an operation with passkeys needs to know of the request. */
export function passkeyContext(event: RequestEvent): PasskeyContext {
  return {
    browserToken: browserToken(event),
    userAgent: event.request.headers.get('user-agent') ?? '',
    requestId: event.locals.requestId,
  };
}

/**
 * Ends the session that the browser had, gives it the new one and sends the officer to his work: where he wanted to go, when it is his, else
 * his first page.
 */
export async function enterAsOfficer(
  event: RequestEvent,
  session: OfficerSession,
  next: string | null = null,
): Promise<never> {
  const previous = sessionToken(event);
  if (previous !== undefined) await endSession(event.locals.app, previous);
  setSession(event, session);
  renewBrowserToken(event);
  const home = OFFICER_HOME[session.role];
  redirect(303, next !== null && (next === home || next.startsWith(`${home}/`)) ? next : home);
}
