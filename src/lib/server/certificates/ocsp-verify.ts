import { LIMITS } from '#lib/domain/limits.ts';
import { checkKeyStrength } from './algorithms.ts';
import { isSignedBy, type Anchor } from './anchor.ts';
import { DerReader, TAG } from './der.ts';
import {
  authorityKeyIdentifier,
  EXTENSION,
  extendedKeyUsage,
  isCertificateAuthority,
  keyUsage,
} from './extensions.ts';
import { hashOfKey, isCertIdOf } from './ocsp-cert-id.ts';
import { OCSP_NONCE, type OcspQuestion } from './ocsp-request.ts';
import { parseOcspResponse, type CertStatus, type ParsedOcspResponse } from './ocsp-response.ts';
import { parseCertificate, type ParsedCertificate } from './parse-certificate.ts';

const OCSP_SIGNING = '1.3.6.1.5.5.7.3.9';
const OCSP_NO_CHECK = '1.3.6.1.5.5.7.48.1.5';
const UNDERSTOOD: ReadonlySet<string> = new Set([
  EXTENSION.keyUsage,
  EXTENSION.basicConstraints,
  EXTENSION.certificatePolicies,
  EXTENSION.extendedKeyUsage,
  OCSP_NO_CHECK,
]);

/** What a responder said, and may be believed. */
export interface OcspAnswer {
  readonly status: CertStatus;
  readonly producedAt: Date;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
}

/** An answer that cannot be believed; `message` says why, in a word. */
export class OcspDoubt extends Error {
  override readonly name = 'OcspDoubt';
}

/**
 * Reads a responder's answer and decides whether it may be believed at the instant `at` (RFC 6960 §3.2): signed by the anchor itself or by
 * a responder that the anchor appointed, about exactly this certificate, with our nonce, and fresh. Throws OcspDoubt, OcspDeclined, or a
 * certificate_* refusal for what cannot be read.
 */
export function verifyOcspResponse(
  der: Buffer,
  question: OcspQuestion,
  { at, requireNonce }: { at: Date; requireNonce: boolean },
): OcspAnswer {
  const response = parseOcspResponse(der);
  const { anchor, serial, nonce } = question;
  // Before anything that it says is weighed.
  checkSigner(response, anchor, at);
  if (!isCertIdOf(response.single.certId(), anchor, serial)) throw new OcspDoubt('other_certificate');
  const hasNonce = checkNonce(response, nonce, requireNonce);
  const { producedAt, single } = response;
  const { status, thisUpdate } = single;
  const nextUpdate = single.nextUpdate ?? new Date(thisUpdate.getTime() + LIMITS.ocspMaxAgeMs);
  checkFreshness({ producedAt, thisUpdate, nextUpdate, madeForUs: hasNonce }, at);
  return { status, producedAt, thisUpdate, nextUpdate };
}

function checkSigner(response: ParsedOcspResponse, anchor: Anchor, at: Date): void {
  const signer = isNamed(response, anchor) ? anchor : findAppointed(response, anchor, at);
  if (!signer || !isSignedBy(response, signer)) throw new OcspDoubt('responder_untrusted');
}

function isNamed(
  { responder }: ParsedOcspResponse,
  { subject, publicKey }: Pick<Anchor, 'subject' | 'publicKey'>,
): boolean {
  return 'name' in responder
    ? responder.name.equals(subject)
    : hashOfKey('sha1', publicKey).equals(responder.keyHash);
}

/** RFC 6960 §4.2.2.2: the authority itself issued the responder's certificate, for this purpose. */
function findAppointed(response: ParsedOcspResponse, anchor: Anchor, at: Date): ParsedCertificate | null {
  for (const der of response.certificates) {
    const certificate = parseCertificate(der);
    if (!isNamed(response, certificate)) continue;
    if (!isIssuedBy(certificate, anchor)) throw new OcspDoubt('responder_untrusted');
    checkAppointment(certificate, at);
    return certificate;
  }
  return null;
}

function isIssuedBy(certificate: ParsedCertificate, anchor: Anchor): boolean {
  const keyId = authorityKeyIdentifier(certificate.extensions);
  return (
    certificate.issuer.equals(anchor.subject) &&
    (keyId === null || keyId.equals(anchor.subjectKeyId)) &&
    isSignedBy(certificate, anchor)
  );
}

/** Nobody says whether a responder's own certificate is revoked, so it must be one that needs no such word (id-pkix-ocsp-nocheck). */
function checkAppointment(certificate: ParsedCertificate, at: Date): void {
  const { notBefore, notAfter, extensions } = certificate;
  if (at < notBefore || at > notAfter) throw new OcspDoubt('responder_not_in_force');
  for (const [oid, { critical }] of extensions) {
    if (critical && !UNDERSTOOD.has(oid)) throw new OcspDoubt('responder_unsupported');
  }
  const isAppointed = extendedKeyUsage(certificate)?.includes(OCSP_SIGNING) === true;
  const maySign = keyUsage(certificate)?.has('digitalSignature') !== false;
  if (!isAppointed || !maySign || isCertificateAuthority(certificate))
    throw new OcspDoubt('responder_not_appointed');
  if (!extensions.has(OCSP_NO_CHECK)) throw new OcspDoubt('responder_may_be_revoked');
  checkKeyStrength(certificate);
}

/** Whether the answer bears our nonce. A wrong one is never believed, none only where the operator allows answers made beforehand. */
function checkNonce({ extensions }: ParsedOcspResponse, nonce: Buffer, requireNonce: boolean): boolean {
  const extension = extensions.get(OCSP_NONCE);
  if (!extension) {
    if (requireNonce) throw new OcspDoubt('nonce_missing');
    return false;
  }
  const reader = new DerReader(extension.value);
  const theirs = reader.content(reader.next(TAG.octetString));
  reader.finish();
  if (!theirs.equals(nonce)) throw new OcspDoubt('nonce_wrong');
  return true;
}

interface Freshness {
  readonly producedAt: Date;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  /** It bears our nonce, so it was made while we waited. */
  readonly madeForUs: boolean;
}

/** Clocks may differ by LIMITS.ocspSkewMs. */
function checkFreshness({ producedAt, thisUpdate, nextUpdate, madeForUs }: Freshness, at: Date): void {
  const earliest = new Date(at.getTime() - LIMITS.ocspSkewMs);
  const latest = new Date(at.getTime() + LIMITS.ocspSkewMs);
  if (producedAt > latest || thisUpdate > latest) throw new OcspDoubt('from_the_future');
  if (nextUpdate < earliest || nextUpdate < thisUpdate) throw new OcspDoubt('stale');
  if (madeForUs && producedAt < earliest) throw new OcspDoubt('stale');
  if (thisUpdate.getTime() > producedAt.getTime() + LIMITS.ocspSkewMs) throw new OcspDoubt('from_the_future');
}
