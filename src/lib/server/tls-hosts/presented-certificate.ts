import { createHash, timingSafeEqual } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import { Refusal } from '#lib/domain/refusal.ts';
import type { ProxyHeader } from './listen-at.ts';

type Headers = NodeJS.Dict<string[]>;

/** The certificate (DER) whose key was used in this very handshake; or the refusal that it could not be had. */
export type Presented = Buffer | Refusal;

/**
 * The certificate of this connection's own handshake. A resumed session carries the certificate of an earlier one without anybody having used
 * its key again: the card may long be out of the reader, the browser another one. Our host offers no resumption; if it happened all the same,
 * nothing was shown.
 */
export function presentedOverTls(socket: TLSSocket): Presented {
  if (socket.isSessionReused()) return new Refusal('certificate_missing', { reason: 'session_resumed' });
  return socket.getPeerX509Certificate()?.raw ?? new Refusal('certificate_missing');
}

/** Whether the request bears the secret that only the proxy knows, once. Takes as long for a wrong one as for the right one. */
export function isFromProxy(headers: Headers, secret: string): boolean {
  const given = headers['x-koshu-proxy-secret'] ?? [];
  const sha256 = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(sha256(given[0] ?? ''), sha256(secret)) && given.length === 1;
}

/**
 * The certificate as an authenticated proxy hands it on; it is not believed for that. A proxy that does not say that its TLS session with the
 * browser is new (nginx `.`, HAProxy `0`) has shown nothing, for the reason above.
 */
export function presentedByProxy(headers: Headers, header: ProxyHeader): Presented {
  const given = headers[header] ?? [];
  if (given.length > 1) return new Refusal('certificate_malformed', { reason: 'header_twice' });
  const [text = ''] = given;
  if (text === '') return new Refusal('certificate_missing');
  const session = headers['x-koshu-tls-session'] ?? [];
  if (session.length !== 1 || !['.', '0'].includes(session[0] ?? '')) {
    return new Refusal('certificate_missing', { reason: 'session_not_said_to_be_new' });
  }
  const base64 = header === 'client-cert' ? readByteSequence(text) : readEscapedPem(text);
  const der = Buffer.from(base64 ?? '', 'base64');
  // Node passes over what is no base64; we do not.
  return base64 !== null && base64 !== '' && der.toString('base64') === base64
    ? der
    : new Refusal('certificate_malformed', { reason: 'header' });
}

/** The base64 of an RFC 9440 §2.1 value: one Byte Sequence (RFC 8941 §3.3.5) without parameters. */
function readByteSequence(text: string): string | null {
  return /^:([A-Za-z0-9+/]+={0,2}):$/.exec(text)?.[1] ?? null;
}

/** The base64 of one PEM certificate in URL escapes. */
function readEscapedPem(text: string): string | null {
  try {
    const pem = decodeURIComponent(text);
    const body = /^-----BEGIN CERTIFICATE-----\n([A-Za-z0-9+/=\n]+)\n-----END CERTIFICATE-----\n?$/.exec(
      pem,
    )?.[1];
    return body?.replaceAll('\n', '') ?? null;
  } catch {
    return null;
  }
}
