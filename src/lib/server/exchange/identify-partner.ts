import type { X509Certificate } from 'node:crypto';
import type { PartnerPurpose } from '#lib/domain/exchange/partner.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { checkPartnerCertificate } from './partner-certificate.ts';
import { findPartnerByCertificate } from './partner.queries.ts';

/** A system of the police that has shown its certificate. */
export interface Partner {
  readonly id: string;
  readonly name: string;
  /** null: national. */
  readonly commissionCode: string | null;
  readonly purposes: readonly PartnerPurpose[];
}

/**
 * Who it is that shows this certificate (DER), whose key was proved in the handshake. Refused: certificate_malformed, _untrusted, _expired,
 * _not_yet_valid, _wrong_purpose, _weak_key; partner_unknown, partner_disabled.
 */
export async function identifyPartner(
  app: App,
  authorities: readonly X509Certificate[],
  der: Uint8Array,
): Promise<Partner> {
  const sha256 = checkPartnerCertificate(authorities, der, app.clock.now());
  const found = await findPartnerByCertificate(app.db, sha256);
  if (!found) {
    app.log.warn({ sha256: sha256.toString('hex') }, 'a certificate that is nobody’s came to the exchange');
    throw new Refusal('partner_unknown');
  }
  if (found.disabledAt !== null) throw new Refusal('partner_disabled');
  const { id, name, commissionCode, purposes } = found;
  return { id, name, commissionCode, purposes };
}

/** Refused as `not_allowed` when the partner is not registered for this. */
export function requirePurpose({ purposes }: Partner, purpose: PartnerPurpose): void {
  if (!purposes.includes(purpose)) throw new Refusal('not_allowed');
}
