import { requireActor } from '#lib/http/guards.ts';
import { orErrorPage } from '#lib/http/refusals.ts';
import { checkFirstLink } from '#lib/server/first-link/check-first-link.ts';
import {
  approveFirstLink,
  ApproveFirstLink,
  declineFirstLink,
  DeclineFirstLink,
} from '#lib/server/first-link/decide-first-link.ts';
import { actAtCounter } from '../../act-at-counter.ts';
import type { Actions, PageServerLoad } from './$types.ts';

export const load: PageServerLoad = async (event) => {
  const officer = requireActor(event, 'counterOfficer');
  const { number: receiptNumber } = event.params;
  return { link: await orErrorPage(() => checkFirstLink(event.locals.app, officer, { receiptNumber })) };
};

const act = actAtCounter('/counter/links');

export const actions: Actions = {
  approve: act(ApproveFirstLink, approveFirstLink),
  decline: act(DeclineFirstLink, declineFirstLink),
};
