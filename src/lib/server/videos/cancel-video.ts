import type { Administrator } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { withdraw } from '../jobs/enqueue.ts';
import { getVideo } from './get-video.ts';
import { mediaFolder } from './open-media-file.ts';
import { markVideoCancelled } from './video-work.queries.ts';

/**
 * Stops a video's way to the chapter wherever it is. The worker that is at it, on whichever machine, asks every second and ends
 * within two (hold-video.ts). The uploaded file stays: `retryVideo` begins again. Refused: `not_found` when it is another
 * commission's, `video_not_moving` when it has come to its end meanwhile.
 */
export async function cancelVideo(app: App, actor: Administrator, videoId: string): Promise<void> {
  const { id } = await getVideo(app, actor, videoId);
  await app.db.transaction().execute(async (trx) => {
    if (!(await markVideoCancelled(trx, id))) throw new Refusal('video_not_moving');
    await withdraw(trx, { videoId: id });
    await appendAudit(trx, actor, { what: 'video.cancelled', subject: { kind: 'video', id } });
  });
  // A worker that is at it takes its own away; one that was killed cannot.
  await app.storage.removeAll(mediaFolder(id));
}
