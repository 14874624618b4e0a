import { error } from '@sveltejs/kit';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { isSmallBody } from '#lib/http/forms.ts';
import { browserToken, sessionToken } from '#lib/http/session-cookie.ts';
import { appRouter } from '#lib/server/trpc/router.ts';
import { isFault } from '#lib/server/trpc/trpc.ts';
import { headersFor } from '#lib/server/trpc/trpc.ts';
import type { RequestHandler } from './$types.ts';

const answer: RequestHandler = (event) => {
  if (event.request.method === 'POST' && !isSmallBody(event.request)) error(413);
  return fetchRequestHandler({
    endpoint: '/api/trpc',
    req: event.request,
    router: appRouter,
    // One request, one call: our pages never ask for more, and every limit counts requests.
    allowBatching: false,
    createContext: () => ({
      app: event.locals.app,
      sessionToken: sessionToken(event),
      findActor: async () => event.locals.actor,
      browserToken: browserToken(event),
      clientAddress: event.getClientAddress(),
      requestId: event.locals.requestId,
    }),
    responseMeta: ({ errors }) => ({ headers: headersFor(errors) }),
    onError: ({ error, path }) => {
      if (isFault(error)) {
        event.locals.app.log.error(
          { err: error, path, requestId: event.locals.requestId },
          'a procedure failed',
        );
      }
    },
  });
};

export const GET = answer;
export const POST = answer;
