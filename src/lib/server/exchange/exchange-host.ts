import { constants } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { LIMITS } from '#lib/domain/limits.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { listen, type Listening } from '../tls-hosts/listen.ts';
import { isFromProxy, presentedByProxy, presentedOverTls } from '../tls-hosts/presented-certificate.ts';
import { readNamed, readProxySecret } from '../tls-hosts/tls-options.ts';
import { answerRequest, type Answer, type AnswerContext } from './answer-request.ts';
import { readAuthorities } from './partner-certificate.ts';
import { describeFaultOfOurs, describeRefusal } from './problem.ts';
import type { ExchangeHostSettings } from './settings.ts';

/** What one caller may take of the exchange; a test sets shorter times. */
export interface ExchangeLimits {
  /** For the handshake, for the headers, and without a sign of life. */
  readonly idleMs: number;
  /** For a whole request: the largest file over a line of 1 Mbit/s. */
  readonly requestMs: number;
  readonly maxConnections: number;
  readonly maxHeaderBytes: number;
  readonly importsPerMinute: number;
  readonly readsPerMinute: number;
}

const USUAL: ExchangeLimits = {
  idleMs: 30_000,
  requestMs: 15 * 60_000,
  maxConnections: 200,
  maxHeaderBytes: 32 * 1024,
  importsPerMinute: LIMITS.exchangeImportsPerMinute,
  readsPerMinute: LIMITS.exchangeReadsPerMinute,
};
const CHECKS_PER_TIMEOUT = 10;
const LAST_WORD_MS = 1_000;

type ReadPresented = (request: IncomingMessage) => (() => Buffer | Refusal) | null;

/**
 * Opens the host on which systems of the police come in, each with its certificate (docs/exchange.md): /api/register, /api/completions and
 * /api/openapi.json, nothing else, no cookie. Throws when it is not configured, or when a file that it needs cannot be read.
 */
export async function openExchangeHost(app: App, changes: Partial<ExchangeLimits> = {}): Promise<Listening> {
  const limits = { ...USUAL, ...changes };
  const settings = app.config.exchange.host;
  if (settings === null) throw new Error('no exchange is configured');
  const authorities = await readAuthorities(settings.authoritiesDir);
  const { origin } = settings;
  const context: AnswerContext = { app, authorities, origin, limits, receiving: new Set() };
  const read = await readPresented(settings);
  const options = {
    maxHeaderSize: limits.maxHeaderBytes,
    headersTimeout: limits.idleMs,
    requestTimeout: limits.requestMs,
    connectionsCheckingInterval: Math.ceil(limits.idleMs / CHECKS_PER_TIMEOUT),
  };
  const listener = (request: IncomingMessage, response: ServerResponse) =>
    void answer(context, read, request, response);
  const { mode } = settings;
  const server =
    mode.kind === 'direct'
      ? createTlsServer(
          {
            ...options,
            ...(await tlsOptions(mode)),
            ca: authorities.map((authority) => authority.toString()),
            handshakeTimeout: limits.idleMs,
          },
          listener,
        )
      : createServer(options, listener);
  server.on('checkContinue', listener); // a large file is asked for only when somebody may send it
  server.timeout = limits.idleMs;
  server.maxConnections = limits.maxConnections;
  return listen(server, settings.listenAt);
}

/** Every certificate is let through, and refused in words by ourselves. A session is never resumed: each connection proves its key anew. */
async function tlsOptions(mode: {
  readonly certificateFile: string;
  readonly keyFile: string;
}): Promise<ServerOptions> {
  return {
    cert: await readNamed('EXCHANGE_CERTIFICATE_FILE', mode.certificateFile),
    key: await readNamed('EXCHANGE_KEY_FILE', mode.keyFile),
    requestCert: true,
    rejectUnauthorized: false,
    minVersion: 'TLSv1.2',
    secureOptions: constants.SSL_OP_NO_TICKET | constants.SSL_OP_NO_RENEGOTIATION,
    ALPNProtocols: ['http/1.1'],
  };
}

async function readPresented({ mode }: ExchangeHostSettings): Promise<ReadPresented> {
  if (mode.kind === 'direct')
    return ({ socket }) =>
      () =>
        presentedOverTls(socket as TLSSocket);
  const secret = await readProxySecret(mode.secretFile, 'EXCHANGE_PROXY_SECRET_FILE');
  return ({ headersDistinct }) =>
    isFromProxy(headersDistinct, secret) ? () => presentedByProxy(headersDistinct, mode.header) : null;
}

async function answer(
  context: AnswerContext,
  read: ReadPresented,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { app } = context;
  try {
    const presented = read(request);
    if (presented === null) {
      app.log.warn('somebody spoke to the exchange without the secret of the proxy');
      throw new Refusal('not_found');
    }
    const url = URL.parse(request.url ?? '', 'https://exchange');
    if (url === null) throw new Refusal('not_found');
    respond(request, response, await answerRequest(context, presented, { request, response, url }));
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) app.log.error({ err: thrown }, 'the exchange could not answer');
    else app.log.info({ code: thrown.code }, 'the exchange refused');
    const problem = thrown instanceof Refusal ? describeRefusal(thrown) : describeFaultOfOurs();
    const seconds = thrown instanceof Refusal ? thrown.detail.seconds : undefined;
    respond(request, response, {
      status: problem.status,
      body: problem,
      headers: {
        'content-type': 'application/problem+json',
        ...(seconds !== undefined && { 'retry-after': String(seconds) }),
      },
    });
  }
}

function respond(
  request: IncomingMessage,
  response: ServerResponse,
  { status, body, headers }: Answer,
): void {
  if (response.headersSent || response.destroyed) return;
  const content = JSON.stringify(body);
  // Whoever is refused in the middle of his file is heard no longer than it takes to read why.
  const isHalfRead = !request.complete;
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(content),
    'cache-control': 'no-store',
    'strict-transport-security': 'max-age=31536000',
    'x-content-type-options': 'nosniff',
    ...(isHalfRead && { connection: 'close' }),
    ...headers,
  });
  response.end(content);
  if (!isHalfRead) return;
  request.resume();
  setTimeout(() => request.destroy(), LAST_WORD_MS).unref();
}
