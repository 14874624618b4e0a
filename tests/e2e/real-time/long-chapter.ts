import { expect } from '@playwright/test';
import { authenticate, type Administrator } from '#lib/domain/people/actor.ts';
import type { App } from '#lib/server/app.ts';
import { getVideo } from '#lib/server/videos/get-video.ts';
import { importVideoFile } from '#lib/server/videos/import-video-file.ts';
import { publishLecture } from '../../support/published-lecture.ts';
import { makeVideoFolder } from '../../support/small-videos.ts';
import { stackFacts } from '../support/stack-facts.ts';

const SECONDS = 240;
const MINUTES_MS = 8 * 60_000;

/** Publishes a lecture for general drivers of one commission: one chapter, a video that the stack's worker has packaged. */
export async function publishLongChapter(app: App, commissionCode: string): Promise<void> {
  const officer = stackFacts().officers.find(({ id }) => id === 'administrator-kanagawa')!;
  const administrator = authenticate<Administrator>({
    kind: 'administrator',
    officerId: officer.officerId,
    name: '',
    commissionCode: 'kanagawa',
    sessionIdSha256: '',
  });
  const videos = makeVideoFolder();
  const path = await videos.make({ seconds: SECONDS, framesPerSecond: 5 });
  const videoId = await importVideoFile(app, administrator, { path, title: '長い章' });
  videos.remove();
  const state = async () => (await getVideo(app, administrator, videoId)).state;
  await expect.poll(state, { timeout: MINUTES_MS, intervals: [1_000] }).toBe('ready');
  const { durationMs } = await app.db
    .selectFrom('video')
    .where('id', '=', videoId)
    .select('durationMs')
    .executeTakeFirstOrThrow();
  await publishLecture(app, [durationMs!], { commissionCode, lectureClass: 'general', videoIds: [videoId] });
}
