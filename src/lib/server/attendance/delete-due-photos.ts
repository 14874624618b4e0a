import { tokyoDate } from '#lib/domain/renewal/calendar.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { forgetSeal, removePicture } from '../pictures/store-picture.ts';
import { listDuePhotos, listPhotosOfDriver, markPhotoDeleted } from './gates.queries.ts';

const BATCH = 500;
const NIL = '00000000-0000-0000-0000-000000000000';

/** `issued`: the licence is issued; `retention`: the day has come that the learner was told; `person`: he was taken out. */
type DeletionReason = 'issued' | 'retention' | 'person';

interface KeptPhoto {
  readonly id: string;
  readonly storageKey: string;
  readonly sha256: Buffer;
}

/**
 * The file goes first, and storage is asked whether it has gone; then, together, the key is destroyed, the row says so, and the audit
 * trail says which picture (id and SHA-256), when and why. What is cut off in between is finished by the next run.
 */
async function deletePhoto(app: App, photo: KeptPhoto, reason: DeletionReason): Promise<void> {
  await removePicture(app, photo.storageKey);
  await app.db.transaction().execute(async (trx) => {
    if (!(await markPhotoDeleted(trx, photo.id, app.clock.now()))) return;
    await forgetSeal(trx, photo.storageKey);
    await appendAudit(trx, 'system', {
      what: 'photo.deleted',
      subject: { kind: 'facePhoto', id: photo.id },
      detail: { sha256: photo.sha256.toString('hex'), reason },
    });
  });
}

/**
 * Deletes the face photos whose day has come. One that cannot be deleted does not keep the others; a fault says at the end how many
 * there were, and the job is tried again. Returns how many were deleted.
 */
export async function deleteDuePhotos(app: App): Promise<number> {
  const today = tokyoDate(app.clock.now());
  let deleted = 0;
  let failed = 0;
  let after: string | undefined = NIL;
  while (after !== undefined) {
    const batch: Awaited<ReturnType<typeof listDuePhotos>> = await listDuePhotos(app.db, today, after, BATCH);
    for (const { recordState, ...photo } of batch) {
      try {
        await deletePhoto(app, photo, recordState === 'used' ? 'issued' : 'retention');
        deleted += 1;
      } catch (err) {
        failed += 1;
        app.log.error({ err, id: photo.id }, 'a photo could not be deleted');
      }
    }
    after = batch.at(-1)?.id;
  }
  if (failed > 0) throw new Error(`${failed} photos whose day has come could not be deleted`);
  return deleted;
}

/** Deletes every face photo of a person. Returns how many. */
export async function deletePhotosOfDriver(app: App, driverId: string): Promise<number> {
  const photos = await listPhotosOfDriver(app.db, driverId);
  for (const photo of photos) await deletePhoto(app, photo, 'person');
  return photos.length;
}
