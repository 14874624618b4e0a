import type { LinkDifference } from '#lib/domain/people/compare-four-information.ts';
import type { HoldingType } from '#lib/domain/renewal/lecture-class.ts';
import type { Database, DB, Transaction } from '../db/database.ts';
import type { FirstLinkState } from './first-link.queries.ts';

type Connection = Database | Transaction<DB>;

/** The home commissions of these drivers, each once. */
export function listCommissionsOfDrivers(db: Connection, driverIds: readonly string[]) {
  return db
    .selectFrom('commission')
    .where('code', 'in', (eb) =>
      eb
        .selectFrom('driver')
        .select('homeCommissionCode')
        .where('id', 'in', [...driverIds]),
    )
    .select(['nameJa', 'nameEn', 'phone'])
    .execute();
}

/** The candidates at home in this commission, with what the register says of them and whether they have a credential already. */
export async function listCandidates(db: Connection, driverIds: readonly string[], commissionCode: string) {
  if (driverIds.length === 0) return [];
  return db
    .selectFrom('driver as d')
    .where('d.id', 'in', [...driverIds])
    .where('d.homeCommissionCode', '=', commissionCode)
    .orderBy('d.licenceNumber')
    .select(['d.id', 'd.name', 'd.birthDate', 'd.address', 'd.licenceNumber', 'd.holdingType'])
    .select(['d.signingCertificateSubmittedOn', 'd.cardRecordedOn'])
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom('credential as c')
            .whereRef('c.driverId', '=', 'd.id')
            .where('c.replacedAt', 'is', null)
            .select('c.id'),
        )
        .as('hasCredential'),
    )
    .$narrowType<{ holdingType: HoldingType; hasCredential: boolean }>()
    .execute();
}

/** Those that wait and concern a driver of this commission, the oldest first. */
export function listWaitingLinks(
  db: Connection,
  { commissionCode, now, limit }: { commissionCode: string; now: Date; limit: number },
) {
  return db
    .selectFrom('firstLink as f')
    .where('f.state', '=', 'awaitingOfficer')
    .where('f.expiresAt', '>=', now)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('driver as d')
          .whereRef('d.id', '=', eb.fn.any('f.candidateIds'))
          .where('d.homeCommissionCode', '=', commissionCode)
          .select('d.id'),
      ),
    )
    .orderBy('f.signedAt')
    .limit(limit)
    .select(['f.receiptNumber', 'f.signedAt', 'f.expiresAt', 'f.differences'])
    .$narrowType<{ signedAt: Date; differences: LinkDifference[] }>()
    .execute();
}

export function findFirstLinkByNumber(db: Connection, receiptNumber: string) {
  return db
    .selectFrom('firstLink as f')
    .leftJoin('officer as o', 'o.id', 'f.decidedBy')
    .where('f.receiptNumber', '=', receiptNumber)
    .select(['f.id', 'f.receiptNumber', 'f.state', 'f.kind', 'f.signedAt', 'f.expiresAt', 'f.candidateIds'])
    .select(['f.differences', 'f.decidedAt', 'f.decidedReason', 'f.decidedNote', 'o.name as officerName'])
    .$narrowType<{ state: FirstLinkState; differences: LinkDifference[] }>()
    .executeTakeFirst();
}
