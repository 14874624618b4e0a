import { fail, redirect } from '@sveltejs/kit';
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
  default: async (event) => {
    let search = '';
    const outcome = await attempt(async () => {
      const officer = requireActor(event, 'counterOfficer');
      const input = await parseForm(event.request, FindForCounter);
      ({ search } = input);
      const finding = await findForCounter(event.locals.app, officer, input);
      if (finding.kind === 'record') redirect(303, `/counter/records/${finding.recordNumber}`);
      return { finding };
    });
    // Goes along with the question why he looks, also where his answer was none.
    return 'status' in outcome ? fail(outcome.status, { ...outcome.data, search }) : { ...outcome, search };
  },
};
