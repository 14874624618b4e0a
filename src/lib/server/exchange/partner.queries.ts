import { sql, type Insertable } from 'kysely';
import type { PartnerPurpose } from '#lib/domain/exchange/partner.ts';
import type { Database, DB, Transaction } from '../db/database.ts';

type Queryable = Database | Transaction<DB>;

const PARTNER = ['p.id', 'p.name', 'p.commissionCode', 'p.purposes', 'p.disabledAt'] as const;

export function findPartnerByCertificate(db: Database, sha256: Buffer) {
  return db
    .selectFrom('exchangeCertificate as c')
    .innerJoin('exchangePartner as p', 'p.id', 'c.partnerId')
    .where('c.sha256', '=', sha256)
    .select(PARTNER)
    .$narrowType<{ purposes: PartnerPurpose[] }>()
    .executeTakeFirst();
}

export function findPartnerByName(db: Queryable, name: string) {
  return db
    .selectFrom('exchangePartner as p')
    .where('p.name', '=', name)
    .select(PARTNER)
    .$narrowType<{ purposes: PartnerPurpose[] }>()
    .executeTakeFirst();
}

export function insertPartner(trx: Transaction<DB>, partner: Insertable<DB['exchangePartner']>) {
  return trx
    .insertInto('exchangePartner')
    .values(partner)
    .onConflict((conflict) => conflict.column('name').doNothing())
    .returning('id')
    .executeTakeFirst();
}

/** Undefined when the certificate is already somebody's. */
export function insertCertificate(trx: Transaction<DB>, certificate: { partnerId: string; sha256: Buffer }) {
  return trx
    .insertInto('exchangeCertificate')
    .values(certificate)
    .onConflict((conflict) => conflict.column('sha256').doNothing())
    .returning('partnerId')
    .executeTakeFirst();
}

export async function deleteCertificate(trx: Transaction<DB>, partnerId: string, sha256: Buffer) {
  const { numDeletedRows } = await trx
    .deleteFrom('exchangeCertificate')
    .where('partnerId', '=', partnerId)
    .where('sha256', '=', sha256)
    .executeTakeFirst();
  return Number(numDeletedRows);
}

export async function updateDisabled(trx: Transaction<DB>, partnerId: string, disabledAt: Date | null) {
  await trx.updateTable('exchangePartner').set({ disabledAt }).where('id', '=', partnerId).execute();
}

/** Everybody, with the fingerprints of his certificates and how far his push is behind the newest event. */
export function listAllPartners(db: Database) {
  return db
    .selectFrom('exchangePartner as p')
    .select(PARTNER)
    .select(['p.pushUrl', 'p.pushPosition', 'p.pushFailures', 'p.pushNextAt', 'p.pushStoppedAt'])
    .select(['p.pushTriedAt', 'p.pushResult'])
    .select((eb) => [
      eb
        .selectFrom('exchangeCertificate as c')
        .whereRef('c.partnerId', '=', 'p.id')
        .select(sql<string[]>`coalesce(array_agg(encode(c.sha256, 'hex') order by c.added_at), '{}')`.as('f'))
        .as('fingerprints'),
      eb
        .selectFrom('exchangeEvent as e')
        .whereRef('e.position', '>', 'p.pushPosition')
        .where((e) =>
          e.or([e('p.commissionCode', 'is', null), e('e.commissionCode', '=', e.ref('p.commissionCode'))]),
        )
        .select((e) => e.fn.countAll<number>().as('n'))
        .as('pending'),
    ])
    .$narrowType<{ purposes: PartnerPurpose[]; fingerprints: string[]; pending: number }>()
    .orderBy('p.name')
    .execute();
}
