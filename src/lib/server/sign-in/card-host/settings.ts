import path from 'node:path';
import { z } from 'zod';
import {
  isNear,
  PROXY_HEADERS,
  readListenAt,
  type ListenAt,
  type ProxyHeader,
} from '../../tls-hosts/listen-at.ts';
import { said } from '../../tls-hosts/said.ts';

/** The card host's part of the environment (docs/card-host.md): all that one mode needs, or nothing. */
export const CardHostEnvironment = {
  CARD_HOST_ORIGIN: said(z.url({ protocol: /^https$/ })),
  CARD_HOST_LISTEN: said(z.string()),
  CARD_HOST_CERTIFICATE_FILE: said(z.string()),
  CARD_HOST_KEY_FILE: said(z.string()),
  CARD_HOST_PROXY_SECRET_FILE: said(z.string()),
  CARD_HOST_PROXY_HEADER: said(z.enum(PROXY_HEADERS)),
};
type Given = {
  readonly [Name in keyof typeof CardHostEnvironment]?: z.infer<(typeof CardHostEnvironment)[Name]>;
};

/** Who speaks TLS with the browser: this process, or a proxy that shows the secret with every request. */
type CardHostMode =
  | { readonly kind: 'direct'; readonly certificateFile: string; readonly keyFile: string }
  | { readonly kind: 'proxy'; readonly secretFile: string; readonly header: ProxyHeader };

/** Where cards are asked for: a host of its own, so that nobody else ever sees the browser's list of certificates. */
export interface CardHostSettings {
  /** Scheme, host and port that browsers use, without a slash at the end. */
  readonly origin: string;
  readonly listenAt: ListenAt;
  readonly mode: CardHostMode;
}

/** The card host's settings, or null where none is wanted. Throws one error that names every fault: half a card host is none. */
export function readCardHostSettings(env: Given, mainOrigin: string): CardHostSettings | null {
  const given = Object.keys(CardHostEnvironment).filter(
    (name) => env[name as keyof typeof CardHostEnvironment] !== undefined,
  );
  if (given.length === 0) return null;
  const listenAt = readListenAt(env.CARD_HOST_LISTEN ?? '');
  const mode = readMode(env);
  const faults = [
    env.CARD_HOST_ORIGIN === undefined && 'CARD_HOST_ORIGIN is missing',
    env.CARD_HOST_ORIGIN !== undefined && originFault(env.CARD_HOST_ORIGIN, mainOrigin),
    listenAt === null && 'CARD_HOST_LISTEN must be host:port, or the absolute path of a socket',
    typeof mode === 'string' && mode,
    listenAt !== null &&
      typeof mode === 'object' &&
      mode.kind === 'proxy' &&
      !isNear(listenAt) &&
      'CARD_HOST_LISTEN must be a loopback address or a socket when a proxy stands before it: what comes in there is not encrypted',
    listenAt !== null &&
      'path' in listenAt &&
      typeof mode === 'object' &&
      mode.kind === 'direct' &&
      'CARD_HOST_LISTEN must be host:port where browsers come in directly',
  ].filter((fault) => fault !== false && fault !== null);
  if (env.CARD_HOST_ORIGIN === undefined || listenAt === null || typeof mode === 'string' || faults.length) {
    throw new Error(`The card host is configured in part (see docs/card-host.md):\n  ${faults.join('\n  ')}`);
  }
  return { origin: new URL(env.CARD_HOST_ORIGIN).origin, listenAt, mode };
}

function originFault(origin: string, mainOrigin: string): string | null {
  const { hostname, pathname, search, hash, username } = new URL(origin);
  if (pathname !== '/' || search || hash || username) return 'CARD_HOST_ORIGIN must end after host and port';
  // Cookies are not kept apart by port (RFC 6265 §8.5), and a browser remembers its choice of certificate by host.
  return hostname === new URL(mainOrigin).hostname
    ? 'CARD_HOST_ORIGIN must have another host name than ORIGIN'
    : null;
}

/** A mode, or what is wrong with it. */
function readMode(env: Given): CardHostMode | string {
  const direct = [env.CARD_HOST_CERTIFICATE_FILE, env.CARD_HOST_KEY_FILE];
  const proxy = [env.CARD_HOST_PROXY_SECRET_FILE, env.CARD_HOST_PROXY_HEADER];
  const isGiven = (values: readonly unknown[]) => values.some((value) => value !== undefined);
  const [certificateFile, keyFile] = direct;
  const { CARD_HOST_PROXY_SECRET_FILE: secretFile, CARD_HOST_PROXY_HEADER: header } = env;
  if (isGiven(direct) && isGiven(proxy)) {
    return 'CARD_HOST_CERTIFICATE_FILE and CARD_HOST_KEY_FILE go without CARD_HOST_PROXY_SECRET_FILE and CARD_HOST_PROXY_HEADER';
  }
  if (certificateFile !== undefined && keyFile !== undefined) {
    return {
      kind: 'direct',
      certificateFile: path.resolve(certificateFile),
      keyFile: path.resolve(keyFile),
    };
  }
  if (secretFile !== undefined && header !== undefined) {
    return { kind: 'proxy', secretFile: path.resolve(secretFile), header };
  }
  return isGiven(proxy)
    ? 'CARD_HOST_PROXY_SECRET_FILE and CARD_HOST_PROXY_HEADER go together'
    : 'CARD_HOST_CERTIFICATE_FILE and CARD_HOST_KEY_FILE go together (or both of CARD_HOST_PROXY_SECRET_FILE, CARD_HOST_PROXY_HEADER)';
}
