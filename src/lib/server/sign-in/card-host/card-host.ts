import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { TLSSocket } from 'node:tls';
import type { App } from '../../app.ts';
import { cardHostPage, PAGE_POLICY, type PageKind } from './card-host-page.ts';
import { listen, type Listening } from '../../tls-hosts/listen.ts';
import {
  isFromProxy,
  presentedByProxy,
  presentedOverTls,
  type Presented,
} from '../../tls-hosts/presented-certificate.ts';
import { receiveCard } from './receive-card.ts';
import type { CardHostSettings } from './settings.ts';
import { readProxySecret, tlsOptions } from '../../tls-hosts/tls-options.ts';

/** What one caller may take of the card host; a test sets shorter times. */
export interface CardHostLimits {
  /** For the handshake, for the request, and without a sign of life. */
  readonly timeoutMs: number;
  readonly maxConnections: number;
  readonly maxHeaderBytes: number;
}

const LIMITS: CardHostLimits = { timeoutMs: 10_000, maxConnections: 1_000, maxHeaderBytes: 32 * 1024 };
const CHECKS_PER_TIMEOUT = 10;

/**
 * Opens the host on which browsers ask for a card: GET /?request=… and nothing else. No content, no cookie, one answer for each connection.
 * Throws when it is not configured, or when a file that it needs cannot be read.
 */
export async function openCardHost(app: App, limits: CardHostLimits = LIMITS): Promise<Listening> {
  const settings = app.config.cardHost;
  if (settings === null) throw new Error('no card host is configured');
  const answer = answerWith(app, await readPresented(settings));
  const options = {
    maxHeaderSize: limits.maxHeaderBytes,
    headersTimeout: limits.timeoutMs,
    requestTimeout: limits.timeoutMs,
    connectionsCheckingInterval: Math.ceil(limits.timeoutMs / CHECKS_PER_TIMEOUT),
  };
  const listener = (request: IncomingMessage, response: ServerResponse) =>
    void answer(request, response).catch((fault: unknown) => {
      app.log.error({ err: fault }, 'the card host could not answer');
      respondWithPage(app, response, 500, 'fault');
    });
  const server =
    settings.mode.kind === 'direct'
      ? createTlsServer(
          {
            ...options,
            ...(await tlsOptions(app.trust.anchors, settings.mode)),
            handshakeTimeout: limits.timeoutMs,
          },
          listener,
        )
      : createServer(options, listener);
  server.timeout = limits.timeoutMs;
  server.maxConnections = limits.maxConnections;
  server.maxRequestsPerSocket = 1;
  return listen(server, settings.listenAt);
}

/** What this request shows of a card; null when it did not come over the hop that may be believed. */
type ReadPresented = (request: IncomingMessage) => (() => Presented) | null;

async function readPresented({ mode }: CardHostSettings): Promise<ReadPresented> {
  if (mode.kind === 'direct')
    return ({ socket }) =>
      () =>
        presentedOverTls(socket as TLSSocket);
  const secret = await readProxySecret(mode.secretFile);
  return ({ headersDistinct }) =>
    isFromProxy(headersDistinct, secret) ? () => presentedByProxy(headersDistinct, mode.header) : null;
}

function answerWith(app: App, read: ReadPresented) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const presented = read(request);
    if (presented === null) {
      app.log.warn('somebody spoke to the card host without the secret of the proxy');
      return respond(response, 404);
    }
    const requestId = /^\/\?request=([^&]*)$/.exec(request.url ?? '')?.[1];
    if (request.method !== 'GET' || requestId === undefined) return respond(response, 404);
    const location = await receiveCard(app, requestId, presented);
    if (location === null) return respondWithPage(app, response, 400, 'request_over');
    return respond(response, 303, { location });
  };
}

function respond(
  response: ServerResponse,
  status: number,
  headers: Record<string, string> = {},
  content = '',
): void {
  response.writeHead(status, {
    // A browser keeps using a connection, and with it the card that is no longer there.
    connection: 'close',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'strict-transport-security': 'max-age=31536000',
    'x-content-type-options': 'nosniff',
    'content-security-policy': PAGE_POLICY,
    'content-length': Buffer.byteLength(content),
    ...headers,
  });
  response.end(content);
}

function respondWithPage(app: App, response: ServerResponse, status: number, kind: PageKind): void {
  const page = cardHostPage(kind, app.config.origin);
  respond(response, status, { 'content-type': 'text/html; charset=utf-8' }, page);
}
