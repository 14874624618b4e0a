import { enterAsLearner, orBackToSignIn, signInContext } from '#lib/http/entrance.ts';
import { finishAppSignIn } from '#lib/server/sign-in/authentication-app/finish-app-sign-in.ts';
import type { RequestHandler } from './$types.ts';

/** Where the provider sends the browser back. Answers with a redirect in every case, so that the code stays in no history. */
export const GET: RequestHandler = async (event) => {
  event.setHeaders({ 'cache-control': 'no-store' });
  const { entrance, next } = await orBackToSignIn(event, () =>
    finishAppSignIn(event.locals.app, signInContext(event), event.url.searchParams),
  );
  return enterAsLearner(event, entrance, next);
};
