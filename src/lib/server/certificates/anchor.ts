import { createHash, X509Certificate, verify, type KeyObject } from 'node:crypto';
import { checkKeyStrength, DIGEST, type SignatureAlgorithm } from './algorithms.ts';
import { isCertificateAuthority, keyUsage, subjectKeyIdentifier } from './extensions.ts';
import { parseCertificate } from './parse-certificate.ts';

/** What a card's certificate is for: proving who is there (利用者証明用), or signing a document (署名用). */
export type CertificatePurpose = 'auth' | 'sign';

/** A certificate authority that this installation trusts. Several may bear one name: each generation of an authority does. */
export interface Anchor {
  readonly id: string;
  readonly kind: CertificatePurpose;
  readonly env: 'production' | 'test';
  /** Dotted OIDs; a card's certificate must name one of them. */
  readonly policies: readonly string[];
  readonly subject: Buffer;
  readonly subjectKeyId: Buffer;
  readonly publicKey: KeyObject;
  readonly keyAlgorithm: SignatureAlgorithm;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly sha256: string;
}

/**
 * Reads an anchor out of PEM. Throws an Error (a fault of the configuration, not a refusal) when it is not a self-signed authority
 * with key identifier and the right to sign certificates and revocation lists.
 */
export function readAnchor(pem: string, settings: Pick<Anchor, 'id' | 'kind' | 'env' | 'policies'>): Anchor {
  const der = new X509Certificate(pem).raw;
  const certificate = parseCertificate(der);
  const usage = keyUsage(certificate);
  const subjectKeyId = subjectKeyIdentifier(certificate);
  const faults = [
    !isCertificateAuthority(certificate) && 'is no certificate authority',
    !usage?.has('keyCertSign') && 'may not sign certificates',
    !usage?.has('cRLSign') && 'may not sign revocation lists',
    subjectKeyId === null && 'has no subject key identifier',
    !certificate.issuer.equals(certificate.subject) && 'is not self-issued',
    !isSignedBy(certificate, certificate) && 'is not signed by itself',
  ].filter((fault) => fault !== false);
  if (faults.length > 0 || subjectKeyId === null) throw new Error(faults.join(', '));
  checkKeyStrength(certificate);
  const { subject, publicKey, keyAlgorithm, notBefore, notAfter } = certificate;
  const sha256 = createHash('sha256').update(der).digest('hex');
  return { ...settings, subject, subjectKeyId, publicKey, keyAlgorithm, notBefore, notAfter, sha256 };
}

interface Signed {
  readonly tbs: Buffer;
  readonly signature: Buffer;
  readonly signatureAlgorithm: SignatureAlgorithm;
}

/** Whether a certificate bears the signature of this key, by the algorithm that belongs to the key. */
export function isSignedBy(
  signed: Signed,
  signer: { readonly publicKey: KeyObject; readonly keyAlgorithm: SignatureAlgorithm },
): boolean {
  if (signed.signatureAlgorithm !== signer.keyAlgorithm) return false;
  return verify(DIGEST[signer.keyAlgorithm], signed.tbs, signer.publicKey, signed.signature);
}
