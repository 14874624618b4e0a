import { parseForm } from '#lib/http/forms.ts';
import { requireActor } from '#lib/http/guards.ts';
import { attempt, orErrorPage, refusalMessage } from '#lib/http/refusals.ts';
import {
  listConflicts,
  resolveConflict,
  ResolveConflict,
  type ListedConflict,
} from '#lib/server/records/offline-conflicts.ts';
import type { Actions, PageServerLoad } from './$types.ts';

export const load: PageServerLoad = async (event) => {
  const officer = requireActor(event, 'counterOfficer');
  const conflicts = await orErrorPage(async () => listConflicts(event.locals.app, officer));
  // The other kinds say all by themselves.
  const whyOf = ({ kind, refusal }: ListedConflict) =>
    kind === 'notAllowed' && refusal !== null ? refusalMessage(refusal) : null;
  return { conflicts: conflicts.map((conflict) => ({ ...conflict, why: whyOf(conflict) })) };
};

export const actions: Actions = {
  default: (event) =>
    attempt(async () => {
      const officer = requireActor(event, 'counterOfficer');
      await resolveConflict(event.locals.app, officer, await parseForm(event.request, ResolveConflict));
      return {};
    }),
};
