import { bitString, DerReader, malformed, objectIdentifier, TAG, trueBoolean } from './der.ts';
import type { CertificateExtension, ParsedCertificate } from './parse-certificate.ts';

export const EXTENSION = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAlternativeName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  crlNumber: '2.5.29.20',
  deltaCrlIndicator: '2.5.29.27',
  issuingDistributionPoint: '2.5.29.28',
  crlDistributionPoints: '2.5.29.31',
  certificatePolicies: '2.5.29.32',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
} as const;

export const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';

// Bits of KeyUsage, counted from the most significant one (RFC 5280 §4.2.1.3).
const KEY_USAGE_BITS = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;
export type KeyUsage = (typeof KEY_USAGE_BITS)[number];

type Extensions = ReadonlyMap<string, CertificateExtension>;

function open(extensions: Extensions, oid: string): DerReader | null {
  const extension = extensions.get(oid);
  return extension ? new DerReader(extension.value) : null;
}

/** The usages named, or null when the extension is absent. */
export function keyUsage(certificate: ParsedCertificate): ReadonlySet<KeyUsage> | null {
  const reader = open(certificate.extensions, EXTENSION.keyUsage);
  if (!reader) return null;
  const { octets, unusedBits } = bitString(reader.content(reader.next(TAG.bitString)));
  reader.finish();
  if (octets.length * 8 - unusedBits > KEY_USAGE_BITS.length) throw malformed('key_usage');
  return new Set(KEY_USAGE_BITS.filter((_, bit) => ((octets[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0));
}

/** Whether the certificate says that it may issue others. */
export function isCertificateAuthority(certificate: ParsedCertificate): boolean {
  const reader = open(certificate.extensions, EXTENSION.basicConstraints);
  if (!reader) return false;
  const constraints = reader.enter(reader.next(TAG.sequence));
  reader.finish();
  const flag = constraints.optional(TAG.boolean);
  const pathLength = constraints.optional(TAG.integer);
  constraints.finish();
  if (flag === null && pathLength !== null) throw malformed('basic_constraints');
  return flag !== null && trueBoolean(constraints.content(flag));
}

/** The policies named (dotted), without their qualifiers. */
export function policies(certificate: ParsedCertificate): readonly string[] {
  const reader = open(certificate.extensions, EXTENSION.certificatePolicies);
  if (!reader) return [];
  const list = reader.enter(reader.next(TAG.sequence));
  reader.finish();
  const named: string[] = [];
  while (list.hasMore) {
    const policy = list.enter(list.next(TAG.sequence));
    named.push(objectIdentifier(policy.content(policy.next(TAG.oid))));
    policy.optional(TAG.sequence);
    policy.finish();
  }
  return named;
}

/** The extended usages (dotted), or null when the extension is absent. */
export function extendedKeyUsage(certificate: ParsedCertificate): readonly string[] | null {
  const reader = open(certificate.extensions, EXTENSION.extendedKeyUsage);
  if (!reader) return null;
  const list = reader.enter(reader.next(TAG.sequence));
  reader.finish();
  const named: string[] = [];
  while (list.hasMore) named.push(objectIdentifier(list.content(list.next(TAG.oid))));
  return named;
}

export function subjectKeyIdentifier(certificate: ParsedCertificate): Buffer | null {
  const reader = open(certificate.extensions, EXTENSION.subjectKeyIdentifier);
  if (!reader) return null;
  const identifier = reader.content(reader.next(TAG.octetString));
  reader.finish();
  return identifier;
}

/** The key identifier of the issuer, of a certificate or of a revocation list; null when it is not given. */
export function authorityKeyIdentifier(extensions: Extensions): Buffer | null {
  const reader = open(extensions, EXTENSION.authorityKeyIdentifier);
  if (!reader) return null;
  const fields = reader.enter(reader.next(TAG.sequence));
  reader.finish();
  const identifier = fields.optional(TAG.primitiveContext0);
  return identifier === null ? null : fields.content(identifier);
}
