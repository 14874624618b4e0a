import { parseForm } from '#lib/http/forms.ts';
import { requirePerson } from '#lib/http/guards.ts';
import { attempt } from '#lib/http/refusals.ts';
import { endOtherSessions, EndOwnSession, endOwnSession } from '#lib/server/sessions/end-own-sessions.ts';
import { listOwnSessions } from '#lib/server/sessions/list-own-sessions.ts';
import type { Actions, PageServerLoad } from './$types.ts';

export const csr = false;

export const load: PageServerLoad = async (event) => {
  const actor = requirePerson(event);
  return {
    isOfficer: actor.kind !== 'learner',
    sessions: await listOwnSessions(event.locals.app, actor),
  };
};

export const actions: Actions = {
  end: (event) =>
    attempt(async () => {
      const actor = requirePerson(event);
      const input = await parseForm(event.request, EndOwnSession);
      return { ended: await endOwnSession(event.locals.app, actor, input) };
    }),
  endOthers: (event) =>
    attempt(async () => ({ ended: await endOtherSessions(event.locals.app, requirePerson(event)) })),
};
