import { Refusal } from '#lib/domain/refusal.ts';
import { tokyoDate } from '#lib/domain/renewal/calendar.ts';
import type { App } from '../app.ts';
import { deletePhotosOfDriver } from '../attendance/delete-due-photos.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { forgetSeal, removePicture } from '../pictures/store-picture.ts';
import {
  blankDriver,
  blankRecords,
  countKeptPhotos,
  deleteWaysIn,
  lockDriver,
  lockNeededAttendances,
} from './person.queries.ts';

export interface Deletion {
  readonly driverId: string;
  readonly photos: number;
}

/** Thrown while the person still needs what would be deleted. */
export class PersonNeeded extends Error {
  override readonly name = 'PersonNeeded';
}

/**
 * 消去: takes a person out. First every way in, so that nothing more comes; then the pictures, each with its proof; last, in one
 * transaction, what says who he was. Whatever is cut off is finished by the same command: until the last step the licence number is
 * there to name him by. Ledgers, records and the audit trail stay, with an id that means nobody. Refused as `not_found`; throws
 * PersonNeeded while an attendance is in its renewal period and its record not used, unless `isAnyway`.
 */
export async function deletePerson(
  app: App,
  { licenceNumber, isAnyway }: { readonly licenceNumber: string; readonly isAnyway: boolean },
): Promise<Deletion> {
  const { id: driverId } = await app.db.transaction().execute(async (trx) => {
    const driver = await lockDriver(trx, licenceNumber);
    if (!driver) throw new Refusal('not_found');
    const needed = await lockNeededAttendances(trx, driver.id, tokyoDate(app.clock.now()));
    if (needed > 0 && !isAnyway)
      throw new PersonNeeded('a lecture of this person is in its renewal period and its record is not used');
    await deleteWaysIn(trx, driver.id);
    return driver;
  });
  const photos = await deletePhotosOfDriver(app, driverId);
  await app.db.transaction().execute(async (trx) => {
    const driver = await lockDriver(trx, licenceNumber);
    if (!driver) throw new Refusal('not_found');
    // What came by a request that was under way meanwhile.
    await deleteWaysIn(trx, driverId);
    if ((await countKeptPhotos(trx, driverId)) > 0)
      throw new Error('a photo came meanwhile: please run this again');
    if (driver.portraitKey !== null) {
      await removePicture(app, driver.portraitKey);
      await forgetSeal(trx, driver.portraitKey);
    }
    await blankDriver(trx, driverId, app.clock.now());
    await blankRecords(trx, driverId);
    await appendAudit(trx, 'system', {
      what: 'person.deleted',
      subject: { kind: 'driver', id: driverId },
      detail: { photos, isAnyway },
    });
  });
  return { driverId, photos };
}
