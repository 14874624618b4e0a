import type { Administrator } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { enqueue } from '../jobs/enqueue.ts';
import { getVideo } from './get-video.ts';
import { requeueVideo } from './video.queries.ts';

/**
 * Sends a video whose transcoding failed or was stopped through it again: the uploaded file is still there. Refused as
 * `not_found` when it is another commission's or neither (any more).
 */
export async function retryVideo(app: App, actor: Administrator, videoId: string): Promise<void> {
  const { id } = await getVideo(app, actor, videoId);
  await app.db.transaction().execute(async (trx) => {
    if (!(await requeueVideo(trx, id))) throw new Refusal('not_found');
    await enqueue(trx, 'transcodeVideo', { videoId: id });
    await appendAudit(trx, actor, { what: 'video.retried', subject: { kind: 'video', id } });
  });
}
