import path from 'node:path';
import { z } from 'zod';
import {
  isNear,
  PROXY_HEADERS,
  readListenAt,
  type ListenAt,
  type ProxyHeader,
} from '../tls-hosts/listen-at.ts';
import { said } from '../tls-hosts/said.ts';
import { parseNetworks, type Network } from './allowed-address.ts';

/** The exchange's part of the environment (docs/exchange.md): all that one mode needs, or nothing. */
export const ExchangeEnvironment = {
  EXCHANGE_ORIGIN: said(z.url({ protocol: /^https$/ })),
  EXCHANGE_LISTEN: said(z.string()),
  EXCHANGE_AUTHORITIES_DIR: said(z.string()),
  EXCHANGE_CERTIFICATE_FILE: said(z.string()),
  EXCHANGE_KEY_FILE: said(z.string()),
  EXCHANGE_PROXY_SECRET_FILE: said(z.string()),
  EXCHANGE_PROXY_HEADER: said(z.enum(PROXY_HEADERS)),
  EXCHANGE_PUSH_NETWORKS: said(z.string()),
};
type Given = {
  readonly [Name in keyof typeof ExchangeEnvironment]?: z.infer<(typeof ExchangeEnvironment)[Name]>;
};

/** Who speaks TLS with the partner: this process, or a proxy that shows the secret with every request. */
type ExchangeMode =
  | { readonly kind: 'direct'; readonly certificateFile: string; readonly keyFile: string }
  | { readonly kind: 'proxy'; readonly secretFile: string; readonly header: ProxyHeader };

export interface ExchangeHostSettings {
  /** Scheme, host and port that partners use, without a slash at the end. */
  readonly origin: string;
  readonly listenAt: ListenAt;
  readonly mode: ExchangeMode;
  /** The authorities (PEM) that issue partners' certificates. */
  readonly authoritiesDir: string;
}

export interface ExchangeSettings {
  readonly host: ExchangeHostSettings | null;
  /** Private networks to which events may be pushed all the same. */
  readonly pushNetworks: readonly Network[];
}

/** The settings of the exchange. Throws one error that names every fault: half an exchange is none. */
export function readExchangeSettings(env: Given): ExchangeSettings {
  const pushNetworks = parseNetworks(env.EXCHANGE_PUSH_NETWORKS ?? '');
  if (pushNetworks === null)
    throw new Error('EXCHANGE_PUSH_NETWORKS must be networks such as 10.1.0.0/16, separated by spaces');
  const { EXCHANGE_PUSH_NETWORKS: _, ...names } = ExchangeEnvironment;
  const isAsked = Object.keys(names).some((name) => env[name as keyof Given] !== undefined);
  return { host: isAsked ? readHost(env) : null, pushNetworks };
}

function readHost(env: Given): ExchangeHostSettings {
  const { EXCHANGE_ORIGIN: origin, EXCHANGE_AUTHORITIES_DIR: authoritiesDir } = env;
  const listenAt = readListenAt(env.EXCHANGE_LISTEN ?? '');
  const mode = readMode(env);
  const isProxy = mode?.kind === 'proxy';
  const faults = [
    origin === undefined && 'EXCHANGE_ORIGIN is missing',
    authoritiesDir === undefined && 'EXCHANGE_AUTHORITIES_DIR is missing',
    listenAt === null && 'EXCHANGE_LISTEN must be host:port, or the absolute path of a socket',
    mode === null &&
      'either EXCHANGE_CERTIFICATE_FILE and EXCHANGE_KEY_FILE are needed, or EXCHANGE_PROXY_SECRET_FILE and EXCHANGE_PROXY_HEADER',
    listenAt !== null &&
      isProxy &&
      !isNear(listenAt) &&
      'EXCHANGE_LISTEN must be a loopback address or a socket when a proxy stands before it: what comes in there is not encrypted',
    listenAt !== null &&
      'path' in listenAt &&
      mode?.kind === 'direct' &&
      'EXCHANGE_LISTEN must be host:port where partners come in directly',
  ].filter((fault) => fault !== false);
  if (origin === undefined || authoritiesDir === undefined || !listenAt || !mode || faults.length > 0) {
    throw new Error(`The exchange is configured in part (see docs/exchange.md):\n  ${faults.join('\n  ')}`);
  }
  return { origin: new URL(origin).origin, listenAt, mode, authoritiesDir: path.resolve(authoritiesDir) };
}

/** null: none of the two, both, or half of one. */
function readMode(env: Given): ExchangeMode | null {
  const { EXCHANGE_CERTIFICATE_FILE: certificateFile, EXCHANGE_KEY_FILE: keyFile } = env;
  const { EXCHANGE_PROXY_SECRET_FILE: secretFile, EXCHANGE_PROXY_HEADER: header } = env;
  if (secretFile === undefined && header === undefined && certificateFile && keyFile) {
    return {
      kind: 'direct',
      certificateFile: path.resolve(certificateFile),
      keyFile: path.resolve(keyFile),
    };
  }
  if (certificateFile === undefined && keyFile === undefined && secretFile && header) {
    return { kind: 'proxy', secretFile: path.resolve(secretFile), header };
  }
  return null;
}
