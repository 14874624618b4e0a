import { constants } from 'node:crypto';
import { promises as fs } from 'node:fs';
import type { ServerOptions } from 'node:https';
import type { Anchor } from '../certificates/anchor.ts';
import { nameOnlyCertificate } from './name-only-certificate.ts';

const SECRET_MIN_LENGTH = 32;
// Forward secret and authenticated (RFC 7525 §4.2): the price of TLS 1.2 must not be its old cipher suites.
const CIPHERS = [
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
].join(':');

/**
 * How browsers with a card in the reader have to be spoken to. The chip signs by RSASSA-PKCS1-v1_5 only: TLS 1.3 wants RSA-PSS, and so does
 * TLS 1.2 once it is offered. ECDSA is there for the cards to come. No session is ever resumed or renegotiated, and every certificate is let
 * through to be judged, and refused in words, by ourselves. Throws when there is no anchor to name: Firefox then shows no certificate at all.
 */
export async function tlsOptions(
  anchors: readonly Anchor[],
  { certificateFile, keyFile }: { readonly certificateFile: string; readonly keyFile: string },
): Promise<ServerOptions> {
  const auth = anchors.filter(({ kind }) => kind === 'auth');
  if (auth.length === 0) throw new Error('the card host needs an anchor of kind auth in TRUST_DIR');
  return {
    cert: await readNamed('CARD_HOST_CERTIFICATE_FILE', certificateFile),
    key: await readNamed('CARD_HOST_KEY_FILE', keyFile),
    // The names of a CertificateRequest (RFC 5246 §7.4.4): browsers offer what these have issued, never a signing certificate.
    ca: auth.map(({ subject }) => nameOnlyCertificate(subject)),
    requestCert: true,
    rejectUnauthorized: false,
    minVersion: 'TLSv1.2',
    maxVersion: 'TLSv1.2',
    ciphers: CIPHERS,
    sigalgs: 'RSA+SHA256:ECDSA+SHA384:ECDSA+SHA256',
    secureOptions: constants.SSL_OP_NO_TICKET | constants.SSL_OP_NO_RENEGOTIATION,
    // Node keeps no sessions unless it is given a place for them.
    ALPNProtocols: ['http/1.1'],
  };
}

/** The secret that the proxy shows; spaces and line ends around it do not count. Throws when it is too short to be one. */
export async function readProxySecret(file: string, name = 'CARD_HOST_PROXY_SECRET_FILE'): Promise<string> {
  const secret = (await readNamed(name, file)).trim();
  if (secret.length < SECRET_MIN_LENGTH) {
    throw new Error(`${name} must hold at least ${SECRET_MIN_LENGTH} characters`);
  }
  return secret;
}

/** A file that a variable names. Throws with the name of the variable when it cannot be read. */
export async function readNamed(name: string, file: string): Promise<string> {
  try {
    return await fs.readFile(file, 'utf8');
  } catch (error) {
    throw new Error(`${name}: ${file} cannot be read`, { cause: error });
  }
}
