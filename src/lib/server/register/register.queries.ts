import { sql, type Insertable } from 'kysely';
import type { CommissionFacts, OfficeFacts } from '#lib/domain/people/commissions.ts';
import type { Database, DB, Transaction } from '../db/database.ts';
import type { RegisterRow } from './register-columns.ts';

type Reader = Database | Transaction<DB>;

export function upsertCommissions(trx: Transaction<DB>, commissions: readonly CommissionFacts[]) {
  return trx
    .insertInto('commission')
    .values(
      commissions.map(({ code, nameJa, nameEn, phone }) => ({ code, nameJa, nameEn, phone: phone ?? null })),
    )
    .onConflict((conflict) =>
      conflict.column('code').doUpdateSet((eb) => ({
        nameJa: eb.ref('excluded.nameJa'),
        nameEn: eb.ref('excluded.nameEn'),
        // A number that the commission has entered itself stays.
        phone: eb.fn.coalesce('commission.phone', 'excluded.phone'),
      })),
    )
    .execute();
}

/** Only for commissions that have none yet: from then on its offices are the commission's own business, names included. */
export async function insertFirstOffices(
  trx: Transaction<DB>,
  offices: readonly OfficeFacts[],
): Promise<void> {
  const known = await trx.selectFrom('office').select('commissionCode').distinct().execute();
  const first = offices.filter(
    (office) => !known.some(({ commissionCode }) => commissionCode === office.commissionCode),
  );
  if (first.length === 0) return;
  await trx
    .insertInto('office')
    .values(
      first.map(({ commissionCode, kind, nameJa, nameEn }) => ({
        ...{ commissionCode, kind, nameJa, nameEn },
        sameDayIssue: kind === 'licenceCentre',
        sameDayRecording: kind === 'licenceCentre',
      })),
    )
    .execute();
}

/** Those that drivers can live in. */
export function listCommissions(db: Reader) {
  return db
    .selectFrom('commission')
    .where('isNational', '=', false)
    .select(['code', 'nameJa', 'nameEn'])
    .orderBy('code')
    .execute();
}

export async function upsertNationalLibrary(
  trx: Transaction<DB>,
  { code, nameJa, nameEn }: Pick<CommissionFacts, 'code' | 'nameJa' | 'nameEn'>,
): Promise<void> {
  await trx
    .insertInto('commission')
    .values({ code, nameJa, nameEn, isNational: true })
    .onConflict((conflict) => conflict.column('code').doUpdateSet({ nameJa, nameEn, isNational: true }))
    .execute();
}

export function insertRegisterImport(trx: Transaction<DB>, row: Insertable<DB['registerImport']>) {
  return trx.insertInto('registerImport').values(row).returning('id').executeTakeFirstOrThrow();
}

/** Everything but the portrait is what the register says now. */
export async function upsertDrivers(
  trx: Transaction<DB>,
  rows: readonly RegisterRow[],
  stamp: { importId: string; updatedAt: Date },
): Promise<void> {
  await trx
    .insertInto('driver')
    .values(rows.map((row) => ({ ...row, ...stamp, notInWholeSince: null })))
    .onConflict((conflict) =>
      conflict.column('licenceNumber').doUpdateSet((eb) => ({
        name: eb.ref('excluded.name'),
        birthDate: eb.ref('excluded.birthDate'),
        address: eb.ref('excluded.address'),
        homeCommissionCode: eb.ref('excluded.homeCommissionCode'),
        lectureClass: eb.ref('excluded.lectureClass'),
        classAsOf: eb.ref('excluded.classAsOf'),
        holdingType: eb.ref('excluded.holdingType'),
        cardRecordedOn: eb.ref('excluded.cardRecordedOn'),
        expiryDate: eb.ref('excluded.expiryDate'),
        signingCertificateSubmittedOn: eb.ref('excluded.signingCertificateSubmittedOn'),
        portalLinkedOn: eb.ref('excluded.portalLinkedOn'),
        suspendedUntil: eb.ref('excluded.suspendedUntil'),
        lapseKind: eb.ref('excluded.lapseKind'),
        lapsedOn: eb.ref('excluded.lapsedOn'),
        importId: eb.ref('excluded.importId'),
        updatedAt: eb.ref('excluded.updatedAt'),
        notInWholeSince: null,
      })),
    )
    .execute();
}

/** Of these numbers, those who are registered with another commission that has not left them out of its last whole file. */
export async function listLicenceNumbersElsewhere(
  trx: Transaction<DB>,
  commissionCode: string,
  licenceNumbers: readonly string[],
): Promise<string[]> {
  const found = await trx
    .selectFrom('driver')
    .where('licenceNumber', '=', sql<string>`any(${licenceNumbers})`)
    .where('homeCommissionCode', '<>', commissionCode)
    .where('notInWholeSince', 'is', null)
    .select('licenceNumber')
    .execute();
  return found.map(({ licenceNumber }) => licenceNumber);
}

/** Marks this commission's drivers who were not in this import. Answers how many of them had not been marked yet. */
export async function markNotInWhole(
  trx: Transaction<DB>,
  whole: { readonly importId: string; readonly commissionCode: string; readonly at: Date },
): Promise<number> {
  const marked = await trx
    .updateTable('driver')
    .set({ notInWholeSince: whole.at })
    .where('homeCommissionCode', '=', whole.commissionCode)
    .where('importId', '<>', whole.importId)
    .where('notInWholeSince', 'is', null)
    .where('deletedAt', 'is', null)
    .executeTakeFirst();
  return Number(marked.numUpdatedRows);
}

export async function countNotInWhole(
  trx: Database | Transaction<DB>,
  commissionCode: string,
): Promise<number> {
  const { count } = await trx
    .selectFrom('driver')
    .where('homeCommissionCode', '=', commissionCode)
    .where('notInWholeSince', 'is not', null)
    .where('deletedAt', 'is', null)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

/** The first of those who were marked at this moment. */
export async function listMarkedAt(
  trx: Transaction<DB>,
  { commissionCode, at }: { readonly commissionCode: string; readonly at: Date },
  limit: number,
): Promise<string[]> {
  const marked = await trx
    .selectFrom('driver')
    .where('homeCommissionCode', '=', commissionCode)
    .where('notInWholeSince', '=', at)
    .select('id')
    .orderBy('licenceNumber')
    .limit(limit)
    .execute();
  return marked.map(({ id }) => id);
}

export async function listLicenceNumbers(db: Reader, driverIds: readonly string[]): Promise<string[]> {
  const drivers = await db
    .selectFrom('driver')
    .where('id', '=', sql<string>`any(${driverIds}::uuid[])`)
    .where('deletedAt', 'is', null)
    .select('licenceNumber')
    .orderBy('licenceNumber')
    .execute();
  return drivers.map(({ licenceNumber }) => licenceNumber);
}

export function listImports(db: Reader, limit: number) {
  return db
    .selectFrom('registerImport')
    .leftJoin('officer', 'officer.id', 'registerImport.importedBy')
    .leftJoin('exchangePartner', 'exchangePartner.id', 'registerImport.partnerId')
    .select([
      'registerImport.id',
      'registerImport.importedAt',
      'registerImport.fileName',
      'registerImport.rowCount',
    ])
    .select((eb) => eb.fn.coalesce('officer.name', 'exchangePartner.name').as('importedByName'))
    .orderBy('registerImport.importedAt', 'desc')
    .limit(limit)
    .execute();
}

export function lockPortrait(trx: Transaction<DB>, licenceNumber: string) {
  return trx
    .selectFrom('driver')
    .select(['id', 'portraitKey'])
    .where('licenceNumber', '=', licenceNumber)
    .forUpdate()
    .executeTakeFirst();
}

export function updatePortraitKey(trx: Transaction<DB>, driverId: string, portraitKey: string) {
  return trx.updateTable('driver').set({ portraitKey }).where('id', '=', driverId).execute();
}
