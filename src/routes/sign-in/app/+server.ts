import { error, redirect } from '@sveltejs/kit';
import { orBackToSignIn } from '#lib/http/entrance.ts';
import { refusalMessage } from '#lib/http/refusals.ts';
import { browserToken } from '#lib/http/session-cookie.ts';
import { isAppOffered } from '#lib/server/sign-in/authentication-app/authentication-app.ts';
import { startAppSignIn } from '#lib/server/sign-in/authentication-app/start-app-sign-in.ts';
import type { RequestHandler } from './$types.ts';

/** Sends the browser to the authentication app. Links here must not be preloaded: each visit opens a request. */
export const GET: RequestHandler = async (event) => {
  const { app } = event.locals;
  if (!isAppOffered(app)) error(404, { message: refusalMessage('not_found') });
  event.setHeaders({ 'cache-control': 'no-store' });
  const input = { browserToken: browserToken(event), next: event.url.searchParams.get('next') };
  const address = await orBackToSignIn(event, () => startAppSignIn(app, input));
  redirect(303, address.href);
};
