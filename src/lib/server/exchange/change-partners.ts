import { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { PARTNER_PURPOSES } from '#lib/domain/exchange/partner.ts';
import { LIMITS } from '#lib/domain/limits.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { DB, Transaction } from '../db/database.ts';
import { enqueuePush } from '../jobs/enqueue.ts';
import { fingerprintOf } from './partner-certificate.ts';
import {
  deleteCertificate,
  findPartnerByName,
  insertCertificate,
  insertPartner,
  listAllPartners,
  updateDisabled,
} from './partner.queries.ts';
import { findPush } from './push.queries.ts';

export const NewPartner = z.object({
  name: z.string().trim().min(1).max(LIMITS.partnerNameMaxLength),
  /** null: national. */
  commissionCode: z.string().nullable(),
  purposes: z.array(z.enum(PARTNER_PURPOSES)).min(1),
});

export type PartnerView = Awaited<ReturnType<typeof listPartners>>[number];

/** Everybody who is registered, with the state of his push. */
export const listPartners = (app: App) => listAllPartners(app.db);

const sha256OfPem = (pem: string): Buffer => {
  try {
    return fingerprintOf(new X509Certificate(pem).raw);
  } catch {
    throw new Refusal('certificate_malformed');
  }
};

/** One change of a partner by the operator, with its line in the audit trail. Refused as `not_found`. */
export function changePartner<T>(
  app: App,
  name: string,
  what: string,
  change: (
    trx: Transaction<DB>,
    partner: { readonly id: string; readonly commissionCode: string | null },
  ) => Promise<T>,
): Promise<T> {
  return app.db.transaction().execute(async (trx) => {
    const partner = await findPartnerByName(trx, name);
    if (!partner) throw new Refusal('not_found');
    const result = await change(trx, partner);
    await appendAudit(trx, 'system', {
      what: `exchange.${what}`,
      subject: { kind: 'exchangePartner', id: partner.id },
    });
    return result;
  });
}

/** Registers a system of the police by the certificate (PEM) that it will show. Refused: partner_exists, certificate_malformed. */
export async function addPartner(
  app: App,
  partner: z.output<typeof NewPartner>,
  pem: string,
): Promise<string> {
  const sha256 = sha256OfPem(pem);
  return app.db.transaction().execute(async (trx) => {
    const inserted = await insertPartner(trx, { ...partner, createdAt: app.clock.now() });
    if (!inserted || !(await insertCertificate(trx, { partnerId: inserted.id, sha256 })))
      throw new Refusal('partner_exists');
    await appendAudit(trx, 'system', {
      what: 'exchange.partnerAdded',
      subject: { kind: 'exchangePartner', id: inserted.id },
      detail: { commission: partner.commissionCode, purposes: partner.purposes.join(' ') },
    });
    return inserted.id;
  });
}

/** A further certificate beside those that are there: first the new one, then the old one goes. Refused: not_found, partner_exists. */
export const addPartnerCertificate = (app: App, name: string, pem: string): Promise<void> =>
  changePartner(app, name, 'certificateAdded', async (trx, { id }) => {
    if (!(await insertCertificate(trx, { partnerId: id, sha256: sha256OfPem(pem) })))
      throw new Refusal('partner_exists');
  });

/** Takes a certificate away, by its SHA-256 in hexadecimal; at once it opens nothing. Refused: not_found. */
export const removePartnerCertificate = (app: App, name: string, sha256: string): Promise<void> =>
  changePartner(app, name, 'certificateRemoved', async (trx, { id }) => {
    if ((await deleteCertificate(trx, id, Buffer.from(sha256, 'hex'))) === 0) throw new Refusal('not_found');
  });

/**
 * Shuts a partner out, or lets him in again; it holds from his next request on. What was not pushed to him meanwhile follows at once.
 * Refused: not_found.
 */
export const setPartnerDisabled = (app: App, name: string, isDisabled: boolean): Promise<void> =>
  changePartner(app, name, isDisabled ? 'partnerDisabled' : 'partnerEnabled', async (trx, { id }) => {
    await updateDisabled(trx, id, isDisabled ? app.clock.now() : null);
    if (!isDisabled && (await findPush(trx, id))) await enqueuePush(trx, id, app.clock.now());
  });
