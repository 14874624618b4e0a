import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runDueJobs } from '#lib/server/jobs/run-jobs.ts';
import { cancelVideo } from '#lib/server/videos/cancel-video.ts';
import { retryVideo } from '#lib/server/videos/retry-video.ts';
import { transcodeVideo } from '#lib/server/videos/transcode-video.ts';
import { makeAdministrator } from '../../support/drafts.ts';
import { readStoredVideo } from '../../support/stored-video.ts';
import { openVideoDesk, type VideoDesk } from '../../support/video-desk.ts';

const attempt = () => ({ signal: new AbortController().signal, isLast: false });

let desk: VideoDesk;
beforeAll(async () => {
  desk = await openVideoDesk();
});
afterAll(() => desk.close());

describe('a video that an administrator stops', () => {
  it('is not begun when it only waited, and can be sent again', async () => {
    const videoId = await desk.upload(await desk.videos.make());
    await cancelVideo(desk.app, desk.administrator, videoId);
    await runDueJobs(desk.app);
    expect(await desk.look(videoId)).toMatchObject({
      state: 'cancelled',
      isMoving: false,
      canBeRetried: true,
    });
    await retryVideo(desk.app, desk.administrator, videoId);
    await runDueJobs(desk.app);
    expect(await desk.look(videoId)).toMatchObject({ state: 'ready' });
    expect(await desk.audited(videoId)).toEqual([
      'video.uploaded',
      'video.cancelled',
      'video.retried',
      'video.ready',
    ]);
  });

  it('ends while it is transcoded, as a job that is done', async () => {
    const videoId = await desk.upload(await desk.videos.make({ seconds: 20, size: '480x270' }));
    const stopped = transcodeVideo(desk.app, { videoId }, attempt());
    await vi.waitFor(async () => expect((await desk.look(videoId)).state).toBe('transcoding'), 10_000);
    await cancelVideo(desk.app, desk.administrator, videoId);
    await expect(stopped).resolves.toBeUndefined();
    expect(await desk.look(videoId)).toMatchObject({
      state: 'cancelled',
      progressPercent: 0,
      remainingMs: null,
    });
    expect(await desk.storedFiles(videoId)).toEqual([]);
    expect(desk.workingFolders()).toEqual([]);
  });

  it('begins anew at once when it is sent again, whatever becomes of the try before', async () => {
    const videoId = await desk.upload(await desk.videos.make({ seconds: 16, size: '480x270' }));
    const before = transcodeVideo(desk.app, { videoId }, attempt());
    void before.catch(() => undefined);
    await vi.waitFor(async () => expect((await desk.look(videoId)).state).toBe('transcoding'), 10_000);
    await cancelVideo(desk.app, desk.administrator, videoId);
    await retryVideo(desk.app, desk.administrator, videoId);
    await runDueJobs(desk.app);
    await expect(before).rejects.toMatchObject({ name: 'Overtaken' });
    expect(await desk.look(videoId)).toMatchObject({ state: 'ready', durationMs: 16_000 });
    expect((await readStoredVideo(desk.app, videoId)).rungs.length).toBeGreaterThan(1);
  });

  it('is not stopped once it is ready, nor by another commission', async () => {
    const videoId = await desk.upload(await desk.videos.make());
    const stranger = await makeAdministrator(desk.app, 'osaka');
    await expect(cancelVideo(desk.app, stranger, videoId)).rejects.toMatchObject({ code: 'not_found' });
    await runDueJobs(desk.app);
    await expect(cancelVideo(desk.app, desk.administrator, videoId)).rejects.toMatchObject({
      code: 'video_not_moving',
    });
    expect(await desk.look(videoId)).toMatchObject({ state: 'ready' });
  });
});
