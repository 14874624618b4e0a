import type { KeyObject } from 'node:crypto';
import type { SignatureAlgorithm } from './algorithms.ts';
import type { CertificatePurpose } from './anchor.ts';
import { checkPath } from './check-path.ts';
import { distributionPoints } from './crl-distribution-points.ts';
import { parseCertificate } from './parse-certificate.ts';
import type { RevocationEvidence } from './revocation.ts';
import type { Trust } from './trust.ts';

/** A certificate that was found good: whose it is (anchor, serial, key), and on what grounds. Nothing of its subject is kept. */
export interface VerifiedCertificate {
  readonly purpose: CertificatePurpose;
  readonly anchorId: string;
  readonly env: 'production' | 'test';
  /** Lower-case hexadecimal. Guessable: means nothing without the anchor that stands beside it. */
  readonly serial: string;
  readonly spkiSha256: Buffer;
  readonly publicKey: KeyObject;
  readonly keyAlgorithm: SignatureAlgorithm;
  readonly notAfter: Date;
  readonly revocation: RevocationEvidence;
}

/**
 * The one way in for certificates: reads the DER, checks its path to one of our anchors at the instant `at`, and asks about revocation.
 * Refuses with the certificate_* codes and revocation_unavailable; there is no answer between good and refused.
 */
export async function verifyCertificate(
  trust: Trust,
  der: Buffer,
  { purpose, at }: { purpose: CertificatePurpose; at: Date },
): Promise<VerifiedCertificate> {
  const certificate = parseCertificate(der);
  const anchor = checkPath(trust.anchors, certificate, { purpose, at });
  const { serial, extensions } = certificate;
  const inQuestion = { serial, distributionPoints: distributionPoints(extensions) };
  const revocation = await trust.revocation.check(anchor, inQuestion, at);
  const { spkiSha256, publicKey, keyAlgorithm, notAfter } = certificate;
  return {
    purpose,
    anchorId: anchor.id,
    env: anchor.env,
    serial,
    spkiSha256,
    publicKey,
    keyAlgorithm,
    notAfter,
    revocation,
  };
}
