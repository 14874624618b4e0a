import { randomUUID } from 'node:crypto';
import { type Handle, type HandleServerError, type ServerInit } from '@sveltejs/kit';
import { sequence } from '@sveltejs/kit/hooks';
import { Refusal } from '#lib/domain/refusal.ts';
import { textIn } from '#lib/domain/lectures/languages.ts';
import { isForeign } from '#lib/domain/requests/cross-site.ts';
import { pageHeaders } from '#lib/domain/requests/security-headers.ts';
import { withAskedLocale } from '#lib/http/asked-locale.ts';
import { compressPage } from '#lib/http/compress-page.ts';
import { inOneLanguage } from '#lib/http/one-language.ts';
import { refuseWithPage, viewRefusal } from '#lib/http/refusals.ts';
import { requestLanguage } from '#lib/http/page-language.ts';
import { RUBY_COOKIE, rubyOnPage, withRuby } from '#lib/http/ruby.ts';
import { sessionToken } from '#lib/http/session-cookie.ts';
import { defineCustomServerStrategy } from '#lib/paraglide/runtime.js';
import { paraglideMiddleware } from '#lib/paraglide/server.js';
import { createApp, type App } from '#lib/server/app.ts';
import { parseConfig } from '#lib/server/config.ts';
import { publishListeners } from '#lib/server/listeners.ts';
import { findActor } from '#lib/server/sessions/find-actor.ts';

let app: App;

export const init: ServerInit = async () => {
  app = await createApp(parseConfig(process.env));
  await app.storage.check();
  publishListeners(app);
};

const withRequestId: Handle = ({ event, resolve }) => {
  event.locals.app = app;
  event.locals.requestId = randomUUID();
  return resolve(event);
};

defineCustomServerStrategy('custom-page', {
  getLocale: (request) => request && requestLanguage(request),
});

const withLocale: Handle = ({ event, resolve }) =>
  paraglideMiddleware(withAskedLocale(event.request, event.url), async ({ request, locale }) => {
    event.request = request;
    const wish = event.cookies.get(RUBY_COOKIE);
    const ruby = rubyOnPage({ routeId: event.route.id, language: locale, wish });
    const response = await resolve(event, {
      transformPageChunk: ({ html }) => {
        const page = inOneLanguage(html, locale)
          .replace('%lang%', locale)
          .replace('%dir%', textIn(locale).dir)
          // Where a script has to put them there (lib/components/reading.svelte.ts).
          .replace('%readings%', ruby ?? 'off');
        return ruby === 'on' ? withRuby(page) : page;
      },
    });
    const preloaded = response.headers.get('link');
    if (preloaded !== null) response.headers.set('link', inOneLanguage(preloaded, locale));
    if (response.headers.get('content-type')?.startsWith('text/html'))
      response.headers.append('vary', 'cookie, accept-language');
    return response;
  });

/** No other site may act with a person's cookies: forms, tRPC and uploads alike. */
const refuseCrossSite: Handle = ({ event, resolve }) => {
  const { method, headers } = event.request;
  const request = { method, origin: headers.get('origin'), site: headers.get('sec-fetch-site') };
  if (isForeign(request, app.config.origin)) refuseWithPage(new Refusal('cross_site'));
  return resolve(event);
};

/** What pages ask for by themselves, again and again: heartbeats, the state of videos. Nobody need sit before them. */
const BY_ITSELF = '/api/trpc/';

const withActor: Handle = async ({ event, resolve }) => {
  const token = sessionToken(event);
  event.locals.actor =
    token === undefined
      ? null
      : await findActor(app, token, { isByItself: event.url.pathname.startsWith(BY_ITSELF) });
  return resolve(event);
};

const withSecurityHeaders: Handle = async ({ event, resolve }) => {
  const response = await resolve(event);
  for (const [name, value] of Object.entries(pageHeaders(app.config.origin))) {
    response.headers.set(name, value);
  }
  response.headers.set('x-request-id', event.locals.requestId);
  if (event.locals.actor && !response.headers.has('cache-control')) {
    response.headers.set('cache-control', 'private, no-store');
  }
  return response;
};

const withCompression: Handle = async ({ event, resolve }) =>
  compressPage(event.request, await resolve(event));

export const handle = sequence(
  ...[withRequestId, withCompression, withLocale, refuseCrossSite, withActor, withSecurityHeaders],
);

export const handleError: HandleServerError = ({ error: fault, event, status }) => {
  const { requestId } = event.locals;
  if (status === 404) {
    const refusal = viewRefusal(new Refusal('not_found'));
    return { message: refusal.message, refusal, requestId };
  }
  app.log.error({ err: fault, requestId, path: event.url.pathname }, 'a request failed');
  return { message: '', requestId };
};
