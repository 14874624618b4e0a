import type { Database, DB, Transaction } from '../db/database.ts';

type Reader = Database | Transaction<DB>;

function selectContact(db: Reader) {
  return db
    .selectFrom('commission')
    .where('commission.isNational', '=', false)
    .select([
      'commission.code',
      'commission.nameJa',
      'commission.nameEn',
      'commission.phone',
      'commission.phoneHoursJa',
      'commission.phoneHoursEn',
      'commission.inquiryUrl',
      'commission.reservationUrl',
    ]);
}

export const listContactRows = (db: Reader) => selectContact(db).execute();

export const findContactRow = (db: Reader, commissionCode: string) =>
  selectContact(db).where('commission.code', '=', commissionCode).executeTakeFirst();

export const findContactOfDriver = (db: Reader, driverId: string) =>
  selectContact(db)
    .innerJoin('driver', 'driver.homeCommissionCode', 'commission.code')
    .where('driver.id', '=', driverId)
    .executeTakeFirst();

export async function markContact(
  trx: Transaction<DB>,
  commissionCode: string,
  contact: Readonly<
    Record<'phone' | 'phoneHoursJa' | 'phoneHoursEn' | 'inquiryUrl' | 'reservationUrl', string | null>
  >,
): Promise<void> {
  await trx.updateTable('commission').set(contact).where('code', '=', commissionCode).execute();
}
