import { Refusal } from '#lib/domain/refusal.ts';
import { checkKeyStrength } from './algorithms.ts';
import { isSignedBy, type Anchor, type CertificatePurpose } from './anchor.ts';
import {
  authorityKeyIdentifier,
  CLIENT_AUTH,
  extendedKeyUsage,
  EXTENSION,
  isCertificateAuthority,
  keyUsage,
  policies,
} from './extensions.ts';
import type { ParsedCertificate } from './parse-certificate.ts';

// Critical extensions that are understood below; any other one must stop us (RFC 5280 §4.2).
const UNDERSTOOD: ReadonlySet<string> = new Set([
  EXTENSION.keyUsage,
  EXTENSION.basicConstraints,
  EXTENSION.certificatePolicies,
  EXTENSION.extendedKeyUsage,
]);

/**
 * Checks the path of a card's certificate, which has one tier: the anchor issues it directly (RFC 5280 §6.1 with a path of length one).
 * Returns the anchor. The signature comes first, so that what a stranger wrote is never weighed. Does not ask about revocation.
 * Refuses: certificate_untrusted, _not_yet_valid, _expired, _unsupported, _wrong_purpose, _wrong_policy, _weak_key.
 */
export function checkPath(
  anchors: readonly Anchor[],
  certificate: ParsedCertificate,
  { purpose, at }: { purpose: CertificatePurpose; at: Date },
): Anchor {
  const anchor = findAnchor(anchors, certificate);
  if (at < anchor.notBefore || at > anchor.notAfter) {
    throw new Refusal('certificate_untrusted', { reason: 'anchor_not_in_force', anchor: anchor.id });
  }
  checkDates(certificate, at);
  for (const [oid, { critical }] of certificate.extensions) {
    if (critical && !UNDERSTOOD.has(oid))
      throw new Refusal('certificate_unsupported', { reason: 'critical_extension', oid });
  }
  checkPurpose(anchor, certificate, purpose);
  if (!policies(certificate).some((policy) => anchor.policies.includes(policy))) {
    throw new Refusal('certificate_wrong_policy');
  }
  checkKeyStrength(certificate);
  return anchor;
}

/** Names and key identifiers only choose whom to ask (all generations bear one name); the signature decides. */
function findAnchor(anchors: readonly Anchor[], certificate: ParsedCertificate): Anchor {
  const keyId = authorityKeyIdentifier(certificate.extensions);
  const anchor = anchors.find(
    (candidate) =>
      candidate.subject.equals(certificate.issuer) &&
      (keyId === null || candidate.subjectKeyId.equals(keyId)) &&
      isSignedBy(certificate, candidate),
  );
  if (!anchor) throw new Refusal('certificate_untrusted', { reason: 'no_anchor' });
  return anchor;
}

function checkDates(certificate: ParsedCertificate, at: Date): void {
  if (certificate.notAfter < certificate.notBefore)
    throw new Refusal('certificate_malformed', { reason: 'validity' });
  if (at < certificate.notBefore) throw new Refusal('certificate_not_yet_valid');
  if (at > certificate.notAfter) throw new Refusal('certificate_expired');
}

function checkPurpose(anchor: Anchor, certificate: ParsedCertificate, purpose: CertificatePurpose): void {
  const refuse = (reason: string) => new Refusal('certificate_wrong_purpose', { reason });
  if (anchor.kind !== purpose) throw refuse('issued_for_another');
  if (isCertificateAuthority(certificate)) throw refuse('authority');
  const usage = keyUsage(certificate);
  if (!usage?.has('digitalSignature')) throw refuse('key_usage');
  if (usage.has('keyCertSign') || usage.has('cRLSign')) throw refuse('authority');
  if (usage.has('nonRepudiation') !== (purpose === 'sign')) throw refuse('key_usage');
  // The cards' profile is not known to have this extension, so it is not asked for; where it is, it must let us.
  const extended = extendedKeyUsage(certificate);
  if (purpose === 'auth' && extended && !extended.includes(CLIENT_AUTH)) throw refuse('extended_key_usage');
}
