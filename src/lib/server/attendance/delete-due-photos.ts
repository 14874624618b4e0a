import { tokyoDate } from '#lib/domain/renewal/calendar.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { listDuePhotos, markPhotoDeleted } from './gates.queries.ts';

const MAX_PER_RUN = 10_000;

/**
 * Deletes the face photos whose day has come, as the learner was told when they were taken, and writes each deletion into
 * the audit trail. The picture goes first: a run that is cut off in between is finished by the next. Returns how many.
 */
export async function deleteDuePhotos(app: App): Promise<number> {
  const photos = await listDuePhotos(app.db, tokyoDate(app.clock.now()), MAX_PER_RUN);
  for (const { id, storageKey } of photos) {
    await app.storage.remove(storageKey);
    await app.db.transaction().execute(async (trx) => {
      await markPhotoDeleted(trx, id, app.clock.now());
      await appendAudit(trx, 'system', { what: 'photo.deleted', subject: { kind: 'facePhoto', id } });
    });
  }
  return photos.length;
}
