import type { Reader } from '../db/remember.ts';
import {
  findDriverRowById,
  findDriverRowByLicenceNumber,
  findDriverRowByRecordNumber,
  type DriverRow,
} from './driver.queries.ts';

/** A driver as the register told us last, with his home commission. */
export type Driver = DriverRow;

/** Inside a transaction pass it instead of the database. */
export function findDriverById(db: Reader, driverId: string): Promise<Driver | undefined> {
  return findDriverRowById(db, driverId);
}

/** `licenceNumber`: 12 digits (domain/people/licence-number.ts reads them as people type them). */
export function findDriverByLicenceNumber(db: Reader, licenceNumber: string): Promise<Driver | undefined> {
  return findDriverRowByLicenceNumber(db, licenceNumber);
}

/** The driver whose completion record has this number. */
export function findDriverByRecordNumber(db: Reader, recordNumber: string): Promise<Driver | undefined> {
  return findDriverRowByRecordNumber(db, recordNumber);
}
