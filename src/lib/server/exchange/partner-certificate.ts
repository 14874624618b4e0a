import { createHash, X509Certificate } from 'node:crypto';
import { promises as fs } from 'node:fs';
import path from 'node:path';
import { LIMITS } from '#lib/domain/limits.ts';
import { Refusal } from '#lib/domain/refusal.ts';

/** RFC 5280 §4.2.1.12. */
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';
const RSA_MIN_BITS = 2048;
const EC_CURVES = new Set(['prime256v1', 'secp384r1', 'secp521r1']);
const PEM = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

export const fingerprintOf = (der: Uint8Array): Buffer => createHash('sha256').update(der).digest();

/** The authorities in a folder of PEM files. Throws when there is none, or one that may not issue certificates. */
export async function readAuthorities(folder: string): Promise<readonly X509Certificate[]> {
  const names = (await fs.readdir(folder)).filter((name) => name.endsWith('.pem')).sort();
  const texts = await Promise.all(names.map((name) => fs.readFile(path.join(folder, name), 'utf8')));
  const authorities = texts.flatMap((text) => text.match(PEM) ?? []).map((pem) => new X509Certificate(pem));
  if (authorities.length === 0)
    throw new Error(`EXCHANGE_AUTHORITIES_DIR: no certificate (*.pem) in ${folder}`);
  const other = authorities.find(({ ca }) => !ca);
  if (other) throw new Error(`EXCHANGE_AUTHORITIES_DIR: not an authority: ${other.subject}`);
  return authorities;
}

function readCertificate(der: Uint8Array): X509Certificate {
  if (der.length > LIMITS.certificateMaxBytes) throw new Refusal('certificate_malformed');
  try {
    return new X509Certificate(der);
  } catch {
    throw new Refusal('certificate_malformed');
  }
}

const isStrong = ({ publicKey: { asymmetricKeyType, asymmetricKeyDetails } }: X509Certificate): boolean => {
  if (asymmetricKeyType === 'rsa') return (asymmetricKeyDetails?.modulusLength ?? 0) >= RSA_MIN_BITS;
  return asymmetricKeyType === 'ec' && EC_CURVES.has(asymmetricKeyDetails?.namedCurve ?? '');
};

/**
 * Checks a partner's certificate at a moment: issued directly by one of our authorities, both in force, for TLS clients, with a key that is
 * strong enough. The same rule whether the TLS is ours or a proxy's. Answers its SHA-256, by which partners are registered: that entry, and not
 * a revocation list, is what ends a certificate before its time.
 */
export function checkPartnerCertificate(
  authorities: readonly X509Certificate[],
  der: Uint8Array,
  now: Date,
): Buffer {
  const certificate = readCertificate(der);
  const issuer = authorities.find(
    (authority) => certificate.checkIssued(authority) && certificate.verify(authority.publicKey),
  );
  if (!issuer || certificate.ca) throw new Refusal('certificate_untrusted');
  for (const { validFromDate, validToDate } of [certificate, issuer]) {
    if (now < validFromDate) throw new Refusal('certificate_not_yet_valid');
    if (now > validToDate) throw new Refusal('certificate_expired');
  }
  // Node calls the extended key usages so; there are none at all in a certificate without the extension.
  const usages: readonly string[] | undefined = certificate.keyUsage;
  if (!usages?.includes(CLIENT_AUTH)) throw new Refusal('certificate_wrong_purpose');
  if (!isStrong(certificate)) throw new Refusal('certificate_weak_key');
  return fingerprintOf(certificate.raw);
}
