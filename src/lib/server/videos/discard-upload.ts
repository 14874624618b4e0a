import { z } from 'zod';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { deleteUpload, findUploadOf } from './upload.queries.ts';
import { removeParts, uploadPlaceOf } from './upload-place.ts';

export const UploadId = z.string().regex(/^[0-9a-f]{32}$/);

/**
 * Takes back an unfinished upload of the administrator's own; a part that is being sent elsewhere is stopped first. Refused as
 * `not_found` when it is somebody else's, is gone, or has become a video.
 */
export async function discardUpload(app: App, actor: Administrator, uploadId: string): Promise<void> {
  const lock = uploadPlaceOf(app).locks.newLock(uploadId);
  if (!(await findUploadOf(app.db, actor.officerId, uploadId))) throw new Refusal('not_found');
  await lock.lock(new AbortController().signal, () => undefined);
  try {
    await app.db.transaction().execute(async (trx) => {
      if (!(await deleteUpload(trx, uploadId))) throw new Refusal('not_found');
      await appendAudit(trx, actor, { what: 'upload.discarded', subject: { kind: 'upload', id: uploadId } });
    });
    await removeParts(app, uploadId);
  } finally {
    await lock.unlock();
  }
}
