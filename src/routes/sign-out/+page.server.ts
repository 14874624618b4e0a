import { redirect } from '@sveltejs/kit';
import { clearSession, sessionToken } from '#lib/http/session-cookie.ts';
import { signOut } from '#lib/server/sign-in/sign-out.ts';
import type { Actions, PageServerLoad } from './$types.ts';

export const load: PageServerLoad = ({ url, locals }) => {
  if (locals.actor) redirect(303, '/');
  return { isOfficer: url.searchParams.get('who') === 'officer' };
};

export const actions: Actions = {
  default: async (event) => {
    const { app, actor, requestId } = event.locals;
    const token = sessionToken(event);
    if (actor && token !== undefined) await signOut(app, actor, { token, requestId });
    clearSession(event);
    redirect(303, actor && actor.kind !== 'learner' ? '/sign-out?who=officer' : '/sign-out');
  },
};
