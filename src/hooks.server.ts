import { randomUUID } from 'node:crypto';
import { error, type Handle, type HandleServerError, type ServerInit } from '@sveltejs/kit';
import { sequence } from '@sveltejs/kit/hooks';
import { refusalMessage } from '#lib/http/refusals.ts';
import { sessionToken } from '#lib/http/session-cookie.ts';
import { getTextDirection } from '#lib/paraglide/runtime.js';
import { paraglideMiddleware } from '#lib/paraglide/server.js';
import { createApp, type App } from '#lib/server/app.ts';
import { parseConfig } from '#lib/server/config.ts';
import { publishListeners } from '#lib/server/listeners.ts';
import { findActor } from '#lib/server/sessions/find-actor.ts';

let app: App;

export const init: ServerInit = async () => {
  app = await createApp(parseConfig(process.env));
  publishListeners(app);
};

const withRequestId: Handle = ({ event, resolve }) => {
  event.locals.app = app;
  event.locals.requestId = randomUUID();
  return resolve(event);
};

const withLocale: Handle = ({ event, resolve }) =>
  paraglideMiddleware(event.request, ({ request, locale }) => {
    event.request = request;
    return resolve(event, {
      transformPageChunk: ({ html }) =>
        html.replace('%lang%', locale).replace('%dir%', getTextDirection(locale)),
    });
  });

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** No other site may act with a person's cookies: forms, tRPC and uploads alike (Fetch Metadata, RFC 6454 Origin). */
const refuseCrossSite: Handle = ({ event, resolve }) => {
  if (SAFE_METHODS.has(event.request.method)) return resolve(event);
  const origin = event.request.headers.get('origin');
  const site = event.request.headers.get('sec-fetch-site');
  const isForeign =
    (origin !== null && origin !== app.config.origin) || (site !== null && site !== 'same-origin');
  if (isForeign) error(403, { message: refusalMessage('cross_site') });
  return resolve(event);
};

const withActor: Handle = async ({ event, resolve }) => {
  const token = sessionToken(event);
  event.locals.actor = token === undefined ? null : await findActor(app, token);
  return resolve(event);
};

const withSecurityHeaders: Handle = async ({ event, resolve }) => {
  const response = await resolve(event);
  response.headers.set('x-content-type-options', 'nosniff');
  response.headers.set('referrer-policy', 'same-origin');
  response.headers.set('cross-origin-opener-policy', 'same-origin');
  response.headers.set(
    'permissions-policy',
    'camera=(self), microphone=(), geolocation=(), picture-in-picture=()',
  );
  response.headers.set('x-request-id', event.locals.requestId);
  if (app.config.origin.startsWith('https:')) {
    response.headers.set('strict-transport-security', 'max-age=31536000');
  }
  if (event.locals.actor && !response.headers.has('cache-control')) {
    response.headers.set('cache-control', 'private, no-store');
  }
  return response;
};

export const handle = sequence(withRequestId, withLocale, refuseCrossSite, withActor, withSecurityHeaders);

export const handleError: HandleServerError = ({ error: fault, event, status }) => {
  if (status !== 404) {
    app.log.error(
      { err: fault, requestId: event.locals.requestId, path: event.url.pathname },
      'a request failed',
    );
  }
  return { message: status === 404 ? refusalMessage('not_found') : '', requestId: event.locals.requestId };
};
