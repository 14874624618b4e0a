import { redirect } from '@sveltejs/kit';
import { AFTER_SIGN_IN } from '#lib/http/entrance.ts';
import { safeNext } from '#lib/http/forms.ts';
import { viewRefusal } from '#lib/http/refusals.ts';
import { takeRefusal } from '#lib/http/session-cookie.ts';
import { listTestPeople } from '#lib/server/sign-in/test-cards.ts';
import type { PageServerLoad } from './$types.ts';
import { offeredWays } from './offered-ways.ts';

export const csr = false;

export const load: PageServerLoad = async (event) => {
  const { app, actor } = event.locals;
  const next = safeNext(event.url.searchParams.get('next'), AFTER_SIGN_IN);
  if (actor?.kind === 'learner') redirect(303, next);
  const ways = offeredWays(app);
  // Where nothing is configured, the page of card files says what a card is needed for.
  if (ways.length === 0) redirect(303, `/sign-in/card-file?next=${encodeURIComponent(next)}`);
  const refusal = takeRefusal(event);
  const [sample = null] = await listTestPeople(app.config);
  return {
    ...{ next, ways, sample },
    refusal: refusal && viewRefusal(refusal),
    // Card files are test cards.
    isFileOffered: app.trust.hasTestAnchors,
  };
};
