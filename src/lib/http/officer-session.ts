import { redirect, type RequestEvent } from '@sveltejs/kit';
import type { OfficerSession, PasskeyContext } from '#lib/server/officers/begin-officer-session.ts';
import { browserToken, setSession } from './session-cookie.ts';

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

/** Gives the browser the session and sends the officer to his work: where he wanted to go, when it is his, else his first page. */
export function enterAsOfficer(
  event: RequestEvent,
  session: OfficerSession,
  next: string | null = null,
): never {
  setSession(event, session);
  const home = OFFICER_HOME[session.role];
  redirect(303, next !== null && (next === home || next.startsWith(`${home}/`)) ? next : home);
}
