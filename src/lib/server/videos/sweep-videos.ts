import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { VIDEO_JOB_PREFIX } from '../jobs/tasks.ts';
import { mediaFolder } from './open-media-file.ts';
import { markAbandonedVideosFailed } from './video-work.queries.ts';

/**
 * Ends the wait for videos that nobody will work on any more: their worker was killed at the last try, or their job was lost.
 * They have failed, and can be sent again. Run by the worker every minute; answers their ids.
 */
export async function sweepVideos(app: App): Promise<string[]> {
  const failed = await app.db.transaction().execute(async (trx) => {
    const ids = await markAbandonedVideosFailed(trx, 'transcoding_failed', VIDEO_JOB_PREFIX);
    for (const id of ids) {
      await appendAudit(trx, 'system', { what: 'video.failed', subject: { kind: 'video', id } });
    }
    return ids;
  });
  for (const id of failed) await app.storage.removeAll(mediaFolder(id));
  return failed;
}
