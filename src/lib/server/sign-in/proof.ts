import type { VerifiedCertificate } from '../certificates/verify-certificate.ts';

/** The three ways in: a signed text, TLS client authentication at the card host, the authentication app (デジタル認証アプリ). */
export type SignInMethod = 'challenge' | 'tls' | 'oidc';

/** What a learner's credential is known by. Nothing in it names a person. */
export type CredentialIdentity =
  | {
      readonly kind: 'certificate';
      readonly anchorId: string;
      /** Lower-case hexadecimal without leading zero bytes. Means nothing without the anchor beside it. */
      readonly serial: string;
      readonly spkiSha256: Buffer;
    }
  | {
      readonly kind: 'oidc';
      readonly issuer: string;
      /** Pairwise: another service is told another one. */
      readonly subject: string;
    };

/** Somebody proved, now and in this browser, that a credential is his; who he is to the register is another question. */
export interface Proof {
  readonly method: SignInMethod;
  readonly identity: CredentialIdentity;
  /** On what grounds the credential is in force, for the audit trail: source, instant, reference. No personal data. */
  readonly evidence: Readonly<Record<string, string>>;
}

/** The proof that a verified certificate is, once its holder's signature was checked. */
export function proofByCertificate(
  method: Extract<SignInMethod, 'challenge' | 'tls'>,
  { anchorId, serial, spkiSha256, revocation }: VerifiedCertificate,
): Proof {
  return {
    method,
    identity: { kind: 'certificate', anchorId, serial, spkiSha256 },
    evidence: {
      anchor: anchorId,
      revocationSource: revocation.source,
      revocationAsOf: revocation.thisUpdate.toISOString(),
      ...(revocation.reference !== undefined && { revocationReference: revocation.reference }),
    },
  };
}
