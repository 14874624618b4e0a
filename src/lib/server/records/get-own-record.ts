import type { Learner } from '#lib/domain/people/actor.ts';
import { standingActs } from '#lib/domain/records/correction.ts';
import { lastDayOf } from '#lib/domain/records/lapse.ts';
import { standingOf } from '#lib/domain/records/record.ts';
import { tokyoDate } from '#lib/domain/renewal/calendar.ts';
import { feeRange } from '#lib/domain/renewal/fees.ts';
import type { App } from '../app.ts';
import { readFeeTables } from '../fees/list-fee-tables.ts';
import { findDriverById } from '../register/find-driver.ts';
import { drawQrCode } from './draw-qr-code.ts';
import { findLatestRecord, listCounterActs } from './records.queries.ts';
import { situationOf } from './situation-of.ts';

/** The learner's own newest record with what to do with it; null before there is one. */
export async function getOwnRecord(app: App, learner: Learner) {
  const [record, driver] = await Promise.all([
    findLatestRecord(app.db, learner.driverId),
    findDriverById(app.db, learner.driverId),
  ]);
  if (!record || !driver) return null;
  const { proof, ...shown } = record;
  const [acts, fees] = await Promise.all([
    listCounterActs(app.db, record.recordNumber),
    readFeeTables(app.db, [driver.homeCommissionCode]),
  ]);
  const now = app.clock.now();
  const situation = situationOf(record, driver, { now, test: null, isSupervisor: false });
  const standing = standingOf(situation);
  const isOpen = standing === 'issued' || standing === 'referred' || standing === 'checked';
  const decision = standingActs(acts).findLast(({ kind }) => kind !== 'aptitudeTest');
  return {
    ...shown,
    standing,
    /** It can still be used at a counter. */
    isOpen,
    lapse: situation.lapse,
    lastDay: lastDayOf(situation),
    /** Of a record that is open; no code leads to one that is of no use. */
    qrCode: isOpen && proof !== null ? drawQrCode(proof) : null,
    /** When and where the last decision about it was made. */
    decision: decision
      ? {
          at: decision.at,
          reason: decision.reason,
          officeNameJa: decision.officeNameJa,
          officeNameEn: decision.officeNameEn,
        }
      : null,
    driver: { name: driver.name, holdingType: driver.holdingType },
    commission: {
      nameJa: driver.commissionNameJa,
      nameEn: driver.commissionNameEn,
      phone: driver.commissionPhone,
      reservationUrl: driver.commissionReservationUrl,
    },
    fees: feeRange(fees, driver.holdingType, driver.homeCommissionCode, tokyoDate(now)),
  };
}

export type OwnRecord = NonNullable<Awaited<ReturnType<typeof getOwnRecord>>>;
