import { LIMITS } from '#lib/domain/limits.ts';
import type { CounterOfficer } from '#lib/domain/people/actor.ts';
import type { RecordState } from '#lib/domain/records/record.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { hasActed } from '../audit/has-acted.ts';
import { openPicture, type Picture } from '../pictures/open-picture.ts';
import { findPhotoOfRecord, findPortraitOfRecord } from './counter.queries.ts';

interface RecordOfPicture {
  readonly recordId: string;
  readonly state: RecordState;
}

/**
 * Whether an officer may see the pictures of a record: he has opened it a short while ago, of which the line in the audit trail is the
 * evidence (`record.checked`), and it is not used up. So no picture is shown of which the trail does not say who saw it.
 */
async function mayLook(app: App, officer: CounterOfficer, { recordId, state }: RecordOfPicture) {
  if (state === 'used') return false;
  const look = { what: 'record.checked', subject: { kind: 'record', id: recordId } };
  return hasActed(app.db, officer, look, LIMITS.pictureLookMs);
}

/**
 * A face photo of a lecture, for an officer who has its record open. Refused as `not_found`: for everybody else, when the record is used,
 * and when the photo has been deleted.
 */
export async function openFacePhoto(app: App, officer: CounterOfficer, photoId: string): Promise<Picture> {
  const photo = await findPhotoOfRecord(app.db, photoId);
  if (!photo || !(await mayLook(app, officer, photo))) throw new Refusal('not_found');
  return openPicture(app, { kind: 'facePhoto', id: photoId }, photo);
}

/** The register's portrait of the person whose record it is. Refused as `not_found` as the photos are, and when there is none. */
export async function openPortrait(
  app: App,
  officer: CounterOfficer,
  recordNumber: string,
): Promise<Picture> {
  const portrait = await findPortraitOfRecord(app.db, recordNumber);
  if (!portrait?.storageKey || !(await mayLook(app, officer, portrait))) throw new Refusal('not_found');
  const { driverId, storageKey } = portrait;
  return openPicture(app, { kind: 'portrait', id: driverId }, { storageKey });
}
