import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { callTRPCProcedure, getTRPCErrorFromUnknown, getTRPCErrorShape, TRPCError } from '@trpc/server';
import { LIMITS } from '#lib/domain/limits.ts';
import { cookieNames } from '#lib/domain/requests/cookie-names.ts';
import { isForeign } from '#lib/domain/requests/cross-site.ts';
import { answerHeaders } from '#lib/domain/requests/security-headers.ts';
import type { App } from '../app.ts';
import { findActor } from '../sessions/find-actor.ts';
import { cookieOf } from './cookie-of.ts';
import { appRouter } from './router.ts';
import { isFault, type TrpcContext } from './trpc.ts';

/** The mutations that are worth it, by the path that @trpc/client's httpLink asks for. */
const DIRECT: ReadonlyMap<string, string> = new Map(
  ['viewing.open', 'viewing.report'].map((path) => [`/api/trpc/${path}`, path]),
);

const JSON_TYPE = /^application\/json(;|$)/i;

/** The procedure, when the request is as our player sends it; whatever is unusual about another one is the pages' business. */
function directProcedure({ method, url = '', headers }: IncomingMessage, origin: string): string | undefined {
  if (method !== 'POST' || !JSON_TYPE.test(headers['content-type'] ?? '')) return undefined;
  // Without a length (a chunked body, say) this is not a number, and no comparison with it holds.
  if (!(Number(headers['content-length']) <= LIMITS.formMaxBytes)) return undefined;
  const site = headers['sec-fetch-site'];
  const source = { method, origin: headers.origin ?? null, site: typeof site === 'string' ? site : null };
  return isForeign(source, origin) ? undefined : DIRECT.get(url);
}

function readBody(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => resolve((chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)).toString()));
    request.on('error', reject);
  });
}

function parse(body: string): unknown {
  try {
    return body === '' ? undefined : JSON.parse(body);
  } catch (cause) {
    throw new TRPCError({ code: 'BAD_REQUEST', cause });
  }
}

/**
 * Answers heartbeats, and what opens a viewing, before SvelteKit looks at the request: the same router, procedures and refusals as
 * routes/api/trpc without the page framework's cost (docs/decisions/0005-heartbeats-before-pages.md). Returns false, with the
 * request untouched, for everything else: other procedures, batches, other methods, other sites, bodies too large or of no length.
 */
export function createTrpcListener(
  app: App,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const { origin } = app.config;
  const cookies = cookieNames(origin);
  const fixedHeaders = Object.entries({
    ...answerHeaders(origin),
    'content-type': 'application/json',
    'cache-control': 'private, no-store',
  }).flat();

  function contextOf({ headers, socket }: IncomingMessage, requestId: string): TrpcContext {
    const sessionToken = cookieOf(headers.cookie, cookies.session);
    return {
      app,
      sessionToken,
      findActor: async () =>
        sessionToken === undefined ? null : findActor(app, sessionToken, { isByItself: true }),
      browserToken: cookieOf(headers.cookie, cookies.browser) ?? '',
      clientAddress: socket.remoteAddress ?? '',
      requestId,
    };
  }

  async function call(
    path: string,
    body: string,
    ctx: TrpcContext,
  ): Promise<{ status: number; answer: unknown }> {
    try {
      const data = await callTRPCProcedure({
        router: appRouter,
        path,
        type: 'mutation',
        ctx,
        getRawInput: async () => parse(body),
        signal: undefined,
        batchIndex: 0,
      });
      return { status: 200, answer: { result: { data } } };
    } catch (thrown) {
      const error = getTRPCErrorFromUnknown(thrown);
      if (isFault(error)) {
        app.log.error({ err: error, path, requestId: ctx.requestId }, 'a procedure failed');
      }
      const { _config: config } = appRouter._def;
      const shape = getTRPCErrorShape({ config, error, type: 'mutation', path, input: undefined, ctx });
      return { status: shape.data.httpStatus, answer: { error: shape } };
    }
  }

  async function answer(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const ctx = contextOf(request, randomUUID());
    const { status, answer } = await call(path, await readBody(request), ctx);
    const text = JSON.stringify(answer);
    const length = Buffer.byteLength(text);
    response.writeHead(status, [
      ...fixedHeaders,
      'x-request-id',
      ctx.requestId,
      'content-length',
      String(length),
    ]);
    // Heartbeats' answers are ASCII, which goes out without being encoded.
    response.end(text, length === text.length ? 'latin1' : 'utf8');
  }

  return (request, response) => {
    const path = directProcedure(request, origin);
    if (path === undefined) return false;
    // Only a browser that has gone away in the middle of its request gets here: nobody waits for an answer.
    answer(path, request, response).catch(() => response.destroy());
    return true;
  };
}
