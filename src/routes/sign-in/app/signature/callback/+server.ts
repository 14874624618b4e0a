import { redirect } from '@sveltejs/kit';
import { enterAsLearner, orBackTo, signInContext } from '#lib/http/entrance.ts';
import { finishAppSignature } from '#lib/server/sign-in/authentication-app/finish-app-signature.ts';
import type { RequestHandler } from './$types.ts';

/** Where the provider sends the browser back when the document was signed. Answers with a redirect in every case. */
export const GET: RequestHandler = async (event) => {
  event.setHeaders({ 'cache-control': 'no-store' });
  const outcome = await orBackTo('/sign-in/link', event, () =>
    finishAppSignature(event.locals.app, signInContext(event), event.url.searchParams),
  );
  if (outcome.kind === 'session') return enterAsLearner(event, outcome, null);
  redirect(303, '/sign-in/link');
};
