import { redirect } from '@sveltejs/kit';
import { parseForm } from '#lib/http/forms.ts';
import { requireActor } from '#lib/http/guards.ts';
import { attempt } from '#lib/http/refusals.ts';
import { findForCounter, FindForCounter } from '#lib/server/records/find-for-counter.ts';
import type { Actions, PageServerLoad } from './$types.ts';

export const load: PageServerLoad = (event) => {
  requireActor(event, 'counterOfficer');
};

export const actions: Actions = {
  // A form, so that licence numbers stand in no address, history or log.
  default: (event) =>
    attempt(async () => {
      const officer = requireActor(event, 'counterOfficer');
      const input = await parseForm(event.request, FindForCounter);
      const finding = await findForCounter(event.locals.app, officer, input);
      if (finding.kind === 'record') redirect(303, `/counter/records/${finding.recordNumber}`);
      return { finding, search: input.search };
    }),
};
