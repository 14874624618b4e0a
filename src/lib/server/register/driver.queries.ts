import type { LapseKind } from '#lib/domain/records/lapse.ts';
import type { HoldingType, LectureClass } from '#lib/domain/renewal/lecture-class.ts';
import type { Database, DB, Transaction } from '../db/database.ts';
import { rememberRow } from '../db/remember.ts';

type Reader = Database | Transaction<DB>;

/** Drivers with their home commission; the checks of the table stand behind the narrower types. */
function selectDriver(db: Reader) {
  return db
    .selectFrom('driver')
    .innerJoin('commission', 'commission.code', 'driver.homeCommissionCode')
    .select([
      'driver.id',
      'driver.licenceNumber',
      'driver.name',
      'driver.birthDate',
      'driver.homeCommissionCode',
      'driver.lectureClass',
      'driver.classAsOf',
      'driver.holdingType',
      'driver.cardRecordedOn',
      'driver.expiryDate',
      'driver.signingCertificateSubmittedOn',
      'driver.portalLinkedOn',
      'driver.suspendedUntil',
      'driver.lapseKind',
      'driver.lapsedOn',
      'driver.portraitKey',
      'driver.updatedAt',
      'driver.notInWholeSince',
      'commission.nameJa as commissionNameJa',
      'commission.nameEn as commissionNameEn',
      'commission.phone as commissionPhone',
      'commission.reservationUrl as commissionReservationUrl',
    ])
    .$narrowType<{ lectureClass: LectureClass; holdingType: HoldingType; lapseKind: LapseKind | null }>();
}

export type DriverRow = NonNullable<Awaited<ReturnType<typeof findDriverRowById>>>;

export const findDriverRowById = rememberRow((db, driverId: string) =>
  selectDriver(db).where('driver.id', '=', driverId),
);

export const findDriverRowByLicenceNumber = rememberRow((db, licenceNumber: string) =>
  selectDriver(db).where('driver.licenceNumber', '=', licenceNumber),
);

/** Whose record has this number. */
export const findDriverRowByRecordNumber = rememberRow((db, recordNumber: string) =>
  selectDriver(db)
    .innerJoin('completionRecord as r', 'r.driverId', 'driver.id')
    .where('r.recordNumber', '=', recordNumber),
);
