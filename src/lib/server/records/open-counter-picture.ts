import type { CounterOfficer } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { findPhotoOfRecord, findPortraitOfRecord } from './counter.queries.ts';

export interface Picture {
  readonly bytes: Buffer;
  readonly mediaType: 'image/jpeg' | 'image/png';
}

/**
 * A face photo of a lecture for which a record exists. The look is in the audit trail by the page that shows it (`record.checked`).
 * Refused as `not_found`, also when the photo has been deleted.
 */
export async function openFacePhoto(app: App, _officer: CounterOfficer, photoId: string): Promise<Picture> {
  return open(app, (await findPhotoOfRecord(app.db, photoId))?.storageKey ?? null);
}

/** The register's portrait of the person whose record it is. Refused as `not_found` when there is none. */
export async function openPortrait(
  app: App,
  _officer: CounterOfficer,
  recordNumber: string,
): Promise<Picture> {
  return open(app, (await findPortraitOfRecord(app.db, recordNumber))?.storageKey ?? null);
}

async function open(app: App, key: string | null): Promise<Picture> {
  if (key === null) throw new Refusal('not_found');
  return { bytes: await app.storage.read(key), mediaType: key.endsWith('.png') ? 'image/png' : 'image/jpeg' };
}
