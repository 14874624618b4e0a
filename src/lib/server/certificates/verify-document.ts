import { createHash, verify } from 'node:crypto';
import type { FourInformation } from '#lib/domain/people/four-information.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { DIGEST } from './algorithms.ts';
import { DATA, invalidSignature, readCms, type CmsSignature, type SignerIdentifier } from './cms.ts';
import { subjectKeyIdentifier } from './extensions.ts';
import { parseCertificate, type ParsedCertificate } from './parse-certificate.ts';
import { readFourInformation } from './subject-information.ts';
import type { Trust } from './trust.ts';
import { verifyCertificate, type VerifiedCertificate } from './verify-certificate.ts';
import { verifySignature } from './verify-signature.ts';

/** How a signing certificate's holder hands in his signature: bare beside its certificate, or both in CMS (RFC 5652), BER or DER. */
export type SignedDocument =
  | { readonly kind: 'raw'; readonly certificate: Buffer; readonly signature: Buffer }
  | { readonly kind: 'cms'; readonly der: Buffer };

/** Who signed. The basic four are personal data: compare them and let them go. */
export type VerifiedSigner = VerifiedCertificate & { readonly fourInformation: FourInformation };

// RFC 5754: RSA is named with or without its digest; ECDSA with it. RSASSA-PSS is not what cards make.
const CMS_ALGORITHMS = {
  'rsa-sha256': {
    digest: '2.16.840.1.101.3.4.2.1',
    signature: ['1.2.840.113549.1.1.1', '1.2.840.113549.1.1.11'],
  },
  'ecdsa-p384-sha384': { digest: '2.16.840.1.101.3.4.2.2', signature: ['1.2.840.10045.4.3.3'] },
} as const;

/**
 * Verifies that the holder of a signing certificate signed exactly the bytes of `document`, at the instant `at`: path, policy, usage
 * and revocation as at sign-in, then the signature. Of CMS there must be one signer; other people's certificates in it mean nothing.
 * Refuses with the certificate_* codes, revocation_unavailable and signature_invalid.
 */
export async function verifyDocument(
  trust: Trust,
  document: Buffer,
  signed: SignedDocument,
  at: Date,
): Promise<VerifiedSigner> {
  if (signed.kind === 'raw') {
    const verified = await verifyCertificate(trust, signed.certificate, { purpose: 'sign', at });
    verifySignature(verified, document, signed.signature);
    return withFourInformation(verified, signed.certificate);
  }
  const cms = readCms(signed.der);
  const certificate = findCertificate(cms);
  const verified = await verifyCertificate(trust, certificate, { purpose: 'sign', at });
  verifyCms(verified, document, cms);
  return withFourInformation(verified, certificate);
}

function withFourInformation(verified: VerifiedCertificate, der: Buffer): VerifiedSigner {
  return { ...verified, fourInformation: readFourInformation(parseCertificate(der)) };
}

/** The certificate that the signer names. It is not believed yet: naming it binds nobody. */
function findCertificate({ certificates, signer }: CmsSignature): Buffer {
  let firstRefusal: Refusal | null = null;
  for (const der of certificates) {
    try {
      if (isNamed(parseCertificate(der), signer)) return der;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      firstRefusal ??= error;
    }
  }
  throw firstRefusal ?? invalidSignature('cms_certificate_missing');
}

function isNamed(certificate: ParsedCertificate, signer: SignerIdentifier): boolean {
  if ('issuer' in signer)
    return certificate.issuer.equals(signer.issuer) && certificate.serial === signer.serial;
  return subjectKeyIdentifier(certificate)?.equals(signer.keyIdentifier) ?? false;
}

function verifyCms(
  { keyAlgorithm, publicKey }: VerifiedCertificate,
  document: Buffer,
  { content, contentType, digestAlgorithm, signatureAlgorithm, signedAttributes, signature }: CmsSignature,
): void {
  const allowed = CMS_ALGORITHMS[keyAlgorithm];
  if (digestAlgorithm !== allowed.digest || !allowed.signature.some((oid) => oid === signatureAlgorithm))
    throw invalidSignature('cms_algorithm');
  if (content !== null && !content.equals(document)) throw invalidSignature('cms_content');
  if (contentType !== DATA || signedAttributes.contentType !== DATA)
    throw invalidSignature('cms_content_type');
  const digest = createHash(DIGEST[keyAlgorithm]).update(document).digest();
  if (!signedAttributes.messageDigest.equals(digest)) throw invalidSignature('cms_digest');
  // Unlike a bare signature, one by ECDSA stands here as DER (RFC 5753 §7.2), which is what OpenSSL takes.
  if (!verify(DIGEST[keyAlgorithm], signedAttributes.der, publicKey, signature))
    throw invalidSignature('cms_signature');
}
