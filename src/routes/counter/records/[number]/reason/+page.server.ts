import { redirect } from '@sveltejs/kit';
import { parseForm } from '#lib/http/forms.ts';
import { requireActor } from '#lib/http/guards.ts';
import { attempt } from '#lib/http/refusals.ts';
import { GiveLookReason } from '#lib/server/looks/look-reason.ts';
import { giveRecordReason } from '#lib/server/records/give-record-reason.ts';
import type { Actions, PageServerLoad } from './$types.ts';

export const load: PageServerLoad = (event) => {
  requireActor(event, 'counterOfficer');
};

export const actions: Actions = {
  default: (event) =>
    attempt(async () => {
      const officer = requireActor(event, 'counterOfficer');
      const reason = await parseForm(event.request, GiveLookReason);
      await giveRecordReason(event.locals.app, officer, event.params.number, reason);
      redirect(303, `/counter/records/${event.params.number}`);
    }),
};
