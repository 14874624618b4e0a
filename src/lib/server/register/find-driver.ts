import type { Database, DB, Transaction } from '../db/database.ts';
import {
  findDriverRowById,
  findDriverRowByLicenceNumber,
  findDriverRowByRecordNumber,
  type DriverRow,
} from './driver.queries.ts';

/** A driver as the register told us last, with his home commission. */
export type Driver = DriverRow;

/** Inside a transaction pass it instead of the database. */
export function findDriverById(
  db: Database | Transaction<DB>,
  driverId: string,
): Promise<Driver | undefined> {
  return findDriverRowById(db, driverId);
}

/** `licenceNumber`: 12 digits (domain/people/licence-number.ts reads them as people type them). */
export function findDriverByLicenceNumber(
  db: Database | Transaction<DB>,
  licenceNumber: string,
): Promise<Driver | undefined> {
  return findDriverRowByLicenceNumber(db, licenceNumber);
}

/** The driver whose completion record has this number. */
export function findDriverByRecordNumber(db: Database, recordNumber: string): Promise<Driver | undefined> {
  return findDriverRowByRecordNumber(db, recordNumber);
}
