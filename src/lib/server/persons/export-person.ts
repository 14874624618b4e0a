import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { openPicture, type Picture } from '../pictures/open-picture.ts';
import { findDriverByLicenceNumber } from '../register/find-driver.ts';
import { listPicturesOfPerson, listRowsOfPerson, PERSON_TABLES } from './person-data.queries.ts';

export interface PersonExport {
  readonly driverId: string;
  /** The rows of each table, in a form that can be written as JSON. */
  readonly data: Readonly<Record<string, readonly unknown[]>>;
  readonly pictures: readonly { readonly name: string; readonly bytes: Buffer }[];
}

const extensionOf = ({ mediaType }: Picture) => (mediaType === 'image/png' ? 'png' : 'jpg');

/**
 * 開示: everything that Koshu holds of a person, with his pictures in clear, for the operator at the machine. The audit trail says that
 * it was done. Refused as `not_found` when the register has no such driver; a picture that cannot be opened is a fault.
 */
export async function exportPerson(app: App, licenceNumber: string): Promise<PersonExport> {
  const driver = await findDriverByLicenceNumber(app.db, licenceNumber);
  if (!driver) throw new Refusal('not_found');
  const subject = { kind: 'driver', id: driver.id };
  await appendAudit(app.db, 'system', { what: 'person.exported', subject });
  const pictures: { name: string; bytes: Buffer }[] = [];
  if (driver.portraitKey !== null) {
    const owner = { kind: 'portrait', id: driver.id } as const;
    const portrait = await openPicture(app, owner, { storageKey: driver.portraitKey });
    pictures.push({ name: `portrait.${extensionOf(portrait)}`, bytes: portrait.bytes });
  }
  for (const photo of await listPicturesOfPerson(app.db, driver.id)) {
    const picture = await openPicture(app, { kind: 'facePhoto', id: photo.id }, photo);
    const name = `photo-${photo.periodStart}-chapter-${photo.position}.${extensionOf(picture)}`;
    pictures.push({ name, bytes: picture.bytes });
  }
  const data: Record<string, unknown[]> = {};
  for (const table of Object.keys(PERSON_TABLES))
    data[table] = await listRowsOfPerson(app.db, table, driver.id);
  return { driverId: driver.id, data, pictures };
}
