import { Refusal } from '#lib/domain/refusal.ts';
import type { Anchor } from './anchor.ts';

/** On what grounds a certificate was found not revoked; kept with the sign-in. */
export interface RevocationEvidence {
  readonly source: 'crl' | 'ocsp';
  readonly checkedAt: Date;
  /** Since when, and until when at most, that is known. */
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  /** OCSP: when the responder signed its answer. */
  readonly producedAt?: Date;
  /** By which the authority finds what it said: the number of the list, or the SHA-256 of the responder's answer. Hexadecimal. */
  readonly reference?: string;
}

/** What a source needs to know of a certificate whose path holds. */
export interface CertificateInQuestion {
  /** Lower-case hexadecimal without leading zero bytes. */
  readonly serial: string;
  /** The GeneralNames (DER) of its cRLDistributionPoints: which part of a divided list speaks of it. */
  readonly distributionPoints: readonly Buffer[];
}

/**
 * Who knows whether a certificate is revoked. `check` returns only for a certificate known to be good; it refuses a revoked one
 * (certificate_revoked), and every one of which nobody can say (revocation_unavailable). `isRevoked` asks for certainty the other way
 * round, about a certificate that was good before: true when it is known to be revoked, false when it is not, or when nobody can say.
 */
export interface RevocationSource {
  check(anchor: Anchor, certificate: CertificateInQuestion, at: Date): Promise<RevocationEvidence>;
  isRevoked(anchor: Anchor, serial: string, at: Date): Promise<boolean>;
}

export function unavailable(
  anchor: Anchor,
  reason: string,
  more: Readonly<Record<string, string | number>> = {},
): Refusal {
  return new Refusal('revocation_unavailable', { reason, anchor: anchor.id, ...more });
}

/** Where nobody says what is revoked, nobody gets in. */
export const noRevocation: RevocationSource = {
  check: (anchor) => Promise.reject(unavailable(anchor, 'no_source')),
  isRevoked: () => Promise.resolve(false),
};

/** To each anchor (by its id) its own source; one that has none is refused. */
export function revocationByAnchor(sources: ReadonlyMap<string, RevocationSource>): RevocationSource {
  const sourceOf = (anchor: Anchor) => sources.get(anchor.id) ?? noRevocation;
  return {
    check: (anchor, certificate, at) => sourceOf(anchor).check(anchor, certificate, at),
    isRevoked: (anchor, serial, at) => sourceOf(anchor).isRevoked(anchor, serial, at),
  };
}
