import type { Administrator } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { enqueue } from '../jobs/enqueue.ts';
import { deleteUpload } from './upload.queries.ts';
import { findVideoIdOfSource, getVideoIdOfSource, insertVideo } from './video.queries.ts';

/** A file that is completely in storage under `sourceKey`; `uploadId` when it came in parts. */
export interface FinishedUpload {
  readonly title: string;
  readonly fileName: string;
  readonly sourceKey: string;
  readonly uploadId?: string;
  readonly bytes: number;
}

/**
 * Makes a video of an uploaded file, and asks the worker to transcode it; answers the video's id, the same one when it
 * is repeated for the same file: the browser may not have heard the first answer. Refused: `upload_empty`; `not_found` when
 * the upload was taken back at the same moment.
 */
export async function finishUpload(app: App, actor: Administrator, upload: FinishedUpload): Promise<string> {
  if (upload.bytes === 0) throw new Refusal('upload_empty');
  return app.db.transaction().execute(async (trx) => {
    if (upload.uploadId !== undefined && !(await deleteUpload(trx, upload.uploadId))) {
      const videoId = await findVideoIdOfSource(trx, upload.sourceKey);
      if (videoId === undefined) throw new Refusal('not_found');
      return videoId;
    }
    const made = await insertVideo(trx, {
      title: upload.title,
      state: 'waiting',
      fileName: upload.fileName,
      sourceKey: upload.sourceKey,
      sourceBytes: upload.bytes,
      uploadedBy: actor.officerId,
    });
    if (!made) return getVideoIdOfSource(trx, upload.sourceKey);
    await enqueue(trx, 'transcodeVideo', { videoId: made.id });
    const subject = { kind: 'video', id: made.id };
    await appendAudit(trx, actor, { what: 'video.uploaded', subject, detail: { bytes: upload.bytes } });
    return made.id;
  });
}
