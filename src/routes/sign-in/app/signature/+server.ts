import { error, redirect } from '@sveltejs/kit';
import { orBackTo } from '#lib/http/entrance.ts';
import { refusalMessage } from '#lib/http/refusals.ts';
import { browserToken } from '#lib/http/session-cookie.ts';
import { isAppSignatureOffered } from '#lib/server/sign-in/authentication-app/authentication-app.ts';
import { startAppSignature } from '#lib/server/sign-in/authentication-app/start-app-signature.ts';
import type { RequestHandler } from './$types.ts';

/** Sends the browser to the authentication app, to sign the document of its first link. Links here must not be preloaded. */
export const GET: RequestHandler = async (event) => {
  const { app } = event.locals;
  if (!isAppSignatureOffered(app)) error(404, { message: refusalMessage('not_found') });
  event.setHeaders({ 'cache-control': 'no-store' });
  const input = { browserToken: browserToken(event) };
  const address = await orBackTo('/sign-in/link', event, () => startAppSignature(app, input));
  redirect(303, address.href);
};
