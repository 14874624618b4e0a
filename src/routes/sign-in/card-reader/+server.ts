import { error, redirect } from '@sveltejs/kit';
import { AFTER_SIGN_IN, orBackToSignIn } from '#lib/http/entrance.ts';
import { safeNext } from '#lib/http/forms.ts';
import { refusalMessage } from '#lib/http/refusals.ts';
import { browserToken } from '#lib/http/session-cookie.ts';
import {
  isCardReaderOffered,
  openCardReaderRequest,
} from '#lib/server/sign-in/card-host/open-card-reader-request.ts';
import type { RequestHandler } from './$types.ts';

/**
 * To the host that asks for a card. Links here must not be preloaded: each visit opens a request. Another site's link leads to the page that
 * says what will happen.
 */
export const GET: RequestHandler = async (event) => {
  const { app } = event.locals;
  if (!isCardReaderOffered(app)) error(404, { message: refusalMessage('not_found') });
  event.setHeaders({ 'cache-control': 'no-store' });
  const next = safeNext(event.url.searchParams.get('next'), AFTER_SIGN_IN);
  if (event.request.headers.get('sec-fetch-site') === 'cross-site') {
    redirect(303, `/sign-in?next=${encodeURIComponent(next)}`);
  }
  const input = { browserToken: browserToken(event), next };
  redirect(303, await orBackToSignIn(event, () => openCardReaderRequest(app, input)));
};
