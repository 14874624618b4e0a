import type { z } from 'zod';
import type { CounterOfficer } from '#lib/domain/people/actor.ts';
import { parseRecordNumber } from '#lib/domain/records/record-number.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { giveLookReason, type GiveLookReason } from '../looks/look-reason.ts';
import { findDriverById } from '../register/find-driver.ts';
import { findRecord } from './counter.queries.ts';

/**
 * Says why the officer looks at the person of this record, before he sees him. Refused: `record_number_invalid`, `record_not_found`,
 * `look_words_missing`.
 */
export async function giveRecordReason(
  app: App,
  officer: CounterOfficer,
  recordNumber: string,
  reason: z.output<typeof GiveLookReason>,
): Promise<void> {
  const record = await findRecord(app.db, parseRecordNumber(recordNumber));
  if (!record) throw new Refusal('record_not_found');
  const driver = await findDriverById(app.db, record.driverId);
  if (!driver) throw new Error('a record without a driver');
  await giveLookReason(app, officer, driver, reason);
}
