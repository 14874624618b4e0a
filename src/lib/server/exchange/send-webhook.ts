import { lookup, type LookupAddress } from 'node:dns';
import { request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { LIMITS } from '#lib/domain/limits.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { isAllowedAddress } from './allowed-address.ts';

type Scope = Pick<App, 'config'>;

const bareHost = ({ hostname }: URL) => hostname.replace(/^\[(.*)\]$/, '$1');
const isAllowed = ({ config }: Scope, address: string) =>
  isAllowedAddress(address, {
    allowed: config.exchange.pushNetworks,
    isLoopbackAllowed: config.mode !== 'production',
  });

/**
 * An address to which events may be pushed: https, no user in it; outside production http on this machine's own address too. Refused as
 * `push_address_refused`. What a name stands for is looked at when a connection is made, each time.
 */
export function readPushUrl(app: Scope, text: string): URL {
  const url = URL.parse(text);
  if (url === null || url.username || url.password || url.hash) throw new Refusal('push_address_refused');
  const host = bareHost(url);
  const isAddress = isIP(host) !== 0;
  const isRightScheme =
    url.protocol === 'https:' || (url.protocol === 'http:' && isAddress && app.config.mode !== 'production');
  if (!isRightScheme || (isAddress && !isAllowed(app, host))) throw new Refusal('push_address_refused');
  return url;
}

/** Resolves as always, and refuses when one of the addresses is not allowed: a name that changes its meaning gains nothing. */
const guardedLookup =
  (app: Scope): LookupFunction =>
  (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      const isRefused = addresses?.some(({ address }) => !isAllowed(app, address)) ?? false;
      const fault = error ?? (isRefused ? new Error('the address is not allowed') : null);
      const [first] = addresses ?? [];
      if (fault !== null || first === undefined) {
        callback(fault ?? new Error('no address'), '');
      } else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };

/**
 * Sends one message by POST over a connection of its own, and answers the status; 0 when there was none, with why in `result`. Follows no
 * redirect, reads nothing of the answer, waits LIMITS.pushTimeoutMs in all.
 */
export function sendWebhook(
  app: Scope,
  to: string,
  message: { readonly headers: Readonly<Record<string, string>>; readonly content: string },
  signal: AbortSignal,
): Promise<{ readonly status: number; readonly result: string }> {
  const url = readPushUrl(app, to);
  const request = url.protocol === 'https:' ? requestTls : requestPlain;
  return new Promise((resolve) => {
    const sending = request(
      url,
      {
        method: 'POST',
        agent: false,
        lookup: guardedLookup(app),
        signal: AbortSignal.any([signal, AbortSignal.timeout(LIMITS.pushTimeoutMs)]),
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(message.content),
          'user-agent': 'Koshu',
          ...message.headers,
        },
      },
      (response) => {
        const status = response.statusCode ?? 0;
        resolve({ status, result: String(status) });
        response.destroy();
      },
    );
    sending.once('error', (error: NodeJS.ErrnoException) => {
      const reason = error.name === 'AbortError' || error.name === 'TimeoutError' ? 'timeout' : error.code;
      resolve({ status: 0, result: reason ?? error.message.slice(0, LIMITS.searchMaxLength) });
    });
    sending.end(message.content);
  });
}
