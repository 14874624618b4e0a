import { enterAsLearner, orBackToSignIn, signInContext } from '#lib/http/entrance.ts';
import { answerCardTicket } from '#lib/server/sign-in/card-host/answer-card-ticket.ts';
import type { RequestHandler } from './$types.ts';

/** Back from the card host with the one-time ticket: into a session, or to the sign-in page with the reason. */
export const GET: RequestHandler = async (event) => {
  event.setHeaders({ 'cache-control': 'no-store' });
  const ticket = event.url.searchParams.get('ticket') ?? '';
  const { entrance, next } = await orBackToSignIn(event, () =>
    answerCardTicket(event.locals.app, signInContext(event), ticket),
  );
  return enterAsLearner(event, entrance, next);
};
