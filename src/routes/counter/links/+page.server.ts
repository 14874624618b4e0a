import { redirect } from '@sveltejs/kit';
import { parseForm } from '#lib/http/forms.ts';
import { requireActor } from '#lib/http/guards.ts';
import { attempt } from '#lib/http/refusals.ts';
import { checkFirstLink, CheckFirstLink } from '#lib/server/first-link/check-first-link.ts';
import { listLinksToDecide } from '#lib/server/first-link/list-waiting-links.ts';
import type { Actions, PageServerLoad } from './$types.ts';

export const load: PageServerLoad = async (event) => {
  const officer = requireActor(event, 'counterOfficer');
  return { links: await listLinksToDecide(event.locals.app, officer) };
};

export const actions: Actions = {
  default: (event) =>
    attempt(async () => {
      const officer = requireActor(event, 'counterOfficer');
      const input = await parseForm(event.request, CheckFirstLink);
      const { receiptNumber } = await checkFirstLink(event.locals.app, officer, input);
      redirect(303, `/counter/links/${receiptNumber}`);
    }),
};
