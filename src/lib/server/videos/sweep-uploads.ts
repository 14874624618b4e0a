import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { sourceKeyOf } from '../storage/upload-store.ts';
import { deleteUploadUntouchedSince, listAllUploads, listUploadsUntouchedSince } from './upload.queries.ts';
import { removeParts, uploadPlaceOf } from './upload-place.ts';

/** Longer than any write of one file takes: what is older was cut off. */
const CUT_OFF_AFTER_MS = 48 * 3_600_000;

/**
 * Takes away uploads to which no part has come for the time that they are kept (`UPLOAD_KEEP_DAYS`), each with a line in the
 * audit trail, never one that is being written; and what writes that were cut off have left in storage. A run that is
 * stopped is finished by the next. Returns how many uploads.
 */
export async function sweepUploads(app: App): Promise<number> {
  const now = app.clock.now();
  const since = new Date(now.getTime() - app.config.uploadKeepMs);
  let swept = 0;
  for (const { id, bytes } of await listUploadsUntouchedSince(app.db, since)) {
    const giveBack = await uploadPlaceOf(app).locks.tryTake(id);
    if (!giveBack) continue;
    try {
      const isOurs = await app.db.transaction().execute(async (trx) => {
        if (!(await deleteUploadUntouchedSince(trx, id, since))) return false;
        await appendAudit(trx, 'system', {
          what: 'upload.swept',
          subject: { kind: 'upload', id },
          detail: { bytes },
        });
        return true;
      });
      if (!isOurs) continue;
      // After the row: what a process that dies here leaves is an orphan, which `storage:orphans` finds.
      await removeParts(app, id);
      swept += 1;
    } finally {
      await giveBack();
    }
  }
  const kept = new Set((await listAllUploads(app.db)).map(({ id }) => sourceKeyOf(id)));
  const cutOff = await app.storage.removeCutOff(new Date(Date.now() - CUT_OFF_AFTER_MS), kept);
  if (swept + cutOff > 0) app.log.info({ swept, cutOff }, 'unfinished uploads were swept');
  return swept;
}
