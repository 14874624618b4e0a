import { isIP } from 'node:net';
import path from 'node:path';

/** How the proxy before a host writes the certificate: RFC 9440 §2.2, or nginx's `$ssl_client_escaped_cert`. */
export const PROXY_HEADERS = ['client-cert', 'x-ssl-client-escaped-cert'] as const;
export type ProxyHeader = (typeof PROXY_HEADERS)[number];

export type ListenAt = { readonly host: string; readonly port: number } | { readonly path: string };

/** `host:port`, or the absolute path of a socket; null when it is neither. */
export function readListenAt(text: string): ListenAt | null {
  if (path.isAbsolute(text)) return { path: text };
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  const port = Number(digits);
  return host === undefined || port > 65_535 ? null : { host, port };
}

/** Whether nobody on the network can come between. */
export function isNear(listenAt: ListenAt): boolean {
  if ('path' in listenAt) return true;
  const { host } = listenAt;
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
