import { execFileSync } from 'node:child_process';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { releaseDeadWorkers, runDueJobs } from '#lib/server/jobs/run-jobs.ts';
import { cancelVideo } from '#lib/server/videos/cancel-video.ts';
import { retryVideo } from '#lib/server/videos/retry-video.ts';
import { sweepVideos } from '#lib/server/videos/sweep-videos.ts';
import { openLineToDatabase } from '../../support/line-to-database.ts';
import { startWorker, type RealWorker } from '../../support/real-worker.ts';
import { readStoredVideo } from '../../support/stored-video.ts';
import { openVideoDesk, type VideoDesk } from '../../support/video-desk.ts';

const SECONDS = 20;

let desk: VideoDesk;
let file: string;
let worker: RealWorker | undefined;
beforeAll(async () => {
  desk = await openVideoDesk();
  file = await desk.videos.make({ seconds: SECONDS, size: '640x360' });
});
afterEach(() => worker?.end('SIGKILL'));
afterAll(() => desk.close());

const comesTo = (videoId: string, state: string) =>
  vi.waitFor(async () => expect((await desk.look(videoId)).state).toBe(state), {
    timeout: 40_000,
    interval: 50,
  });

const hasBegunToStore = (videoId: string) =>
  vi.waitFor(async () => expect((await desk.storedFiles(videoId)).length).toBeGreaterThan(3), 20_000);
/** The programs that read this video's file. */
const programs = (videoId: string) =>
  execFileSync('ps', ['-eo', 'args'])
    .toString()
    .split('\n')
    .filter((line) => line.includes(videoId));
/** The dead one may have held two: at the full minute its other lane has work too. */
const noJobIsHeld = () =>
  vi.waitFor(async () => {
    await releaseDeadWorkers(desk.app, 0);
    const { rows } = await desk.app.pool.query(
      'select from graphile_worker.jobs where locked_at is not null',
    );
    expect(rows).toEqual([]);
  }, 10_000);

/** The next worker finds the job and makes the video whole: once, and of one try. */
async function isMadeByTheNext(videoId: string): Promise<void> {
  await noJobIsHeld();
  await runDueJobs(desk.app);
  expect(await desk.look(videoId)).toMatchObject({ state: 'ready', durationMs: SECONDS * 1_000 });
  expect((await desk.audited(videoId)).filter((what) => what === 'video.ready')).toHaveLength(1);
  const { rungs } = await readStoredVideo(desk.app, videoId);
  const segments = rungs.flatMap((rung) => rung.segments);
  const stills = (await desk.look(videoId)).stillCount;
  // Every segment, of every rung an init segment and a playlist, the stills, and the playlist of all.
  expect(await desk.storedFiles(videoId)).toHaveLength(segments.length + rungs.length * 2 + stills + 1);
  expect(desk.workingFolders()).toEqual([]);
}

describe('a worker that is killed', () => {
  it('while it looks at the file leaves a video that the next one makes', async () => {
    // ffprobe that never comes to an end, as on a disk that hangs.
    const slow = await desk.videos.write('slow-ffprobe', '#!/bin/sh\nexec sleep 20\n');
    execFileSync('chmod', ['755', slow]);
    const videoId = await desk.upload(file);
    worker = startWorker(desk.test, { FFPROBE_PATH: slow });
    await comesTo(videoId, 'inspecting');
    await worker.end('SIGKILL');
    await isMadeByTheNext(videoId);
  }, 90_000);

  it('while it transcodes leaves nothing that anybody could take for a video, and its ffmpeg does not live on', async () => {
    const videoId = await desk.upload(file);
    worker = startWorker(desk.test);
    await comesTo(videoId, 'transcoding');
    await hasBegunToStore(videoId);
    expect(await releaseDeadWorkers(desk.app, 0)).toEqual([]); // it lives
    await worker.end('SIGKILL');
    expect(await desk.look(videoId)).toMatchObject({ state: 'transcoding', durationMs: null });
    await expect(readStoredVideo(desk.app, videoId)).rejects.toThrow(/not ready/);
    await vi.waitFor(() => expect(programs(videoId)).toEqual([]), 20_000);
    await isMadeByTheNext(videoId);
  }, 90_000);

  it('in the middle of publishing has published nothing', async () => {
    const videoId = await desk.upload(file);
    const other = new pg.Client({ connectionString: desk.app.config.databaseUrl });
    await other.connect();
    try {
      // Who publishes writes to the audit trail in the same transaction, and waits here.
      await other.query('begin; lock table audit_event in share mode');
      worker = startWorker(desk.test);
      await vi.waitFor(
        async () => {
          const { rows } = await other.query('select from pg_locks where not granted and locktype = $1', [
            'relation',
          ]);
          expect(rows).not.toEqual([]);
        },
        { timeout: 40_000, interval: 50 },
      );
      expect(await desk.look(videoId)).toMatchObject({ state: 'packaging' });
      await worker.end('SIGKILL');
    } finally {
      await other.query('rollback');
      await other.end();
    }
    expect(await desk.look(videoId)).toMatchObject({ state: 'packaging', durationMs: null });
    await isMadeByTheNext(videoId);
  }, 90_000);

  it('at its last try leaves a video that has failed, and can be sent again', async () => {
    const videoId = await desk.upload(file);
    await desk.app.pool.query('update graphile_worker._private_jobs set max_attempts = 1');
    worker = startWorker(desk.test);
    await comesTo(videoId, 'transcoding');
    await worker.end('SIGKILL');
    expect(await sweepVideos(desk.app)).toEqual([]); // its job may still be anybody's
    await noJobIsHeld();
    await runDueJobs(desk.app);
    expect(await desk.look(videoId)).toMatchObject({ state: 'transcoding' });

    expect(await sweepVideos(desk.app)).toEqual([videoId]);
    expect(await desk.look(videoId)).toMatchObject({
      state: 'failed',
      refusalCode: 'transcoding_failed',
      canBeRetried: true,
    });
    expect(await desk.storedFiles(videoId)).toEqual([]);
    expect(await sweepVideos(desk.app)).toEqual([]);

    await retryVideo(desk.app, desk.administrator, videoId);
    expect(await sweepVideos(desk.app)).toEqual([]);
    await runDueJobs(desk.app);
    expect(await desk.look(videoId)).toMatchObject({ state: 'ready' });
  }, 90_000);
});

describe('a worker in another process', () => {
  it('stops within seconds when an administrator stops the video, and leaves nothing', async () => {
    const videoId = await desk.upload(file);
    worker = startWorker(desk.test);
    await comesTo(videoId, 'transcoding');
    await hasBegunToStore(videoId);
    await cancelVideo(desk.app, desk.administrator, videoId);
    await vi.waitFor(() => expect(programs(videoId)).toEqual([]), {
      timeout: 3_000,
      interval: 50,
    });
    await vi.waitFor(async () => expect(await desk.storedFiles(videoId)).toEqual([]), 3_000);
    await vi.waitFor(() => expect(desk.workingFolders()).toEqual([]), 3_000);
    expect(await desk.look(videoId)).toMatchObject({
      state: 'cancelled',
      isMoving: false,
      canBeRetried: true,
    });

    await retryVideo(desk.app, desk.administrator, videoId);
    await comesTo(videoId, 'ready');
    await worker.end('SIGTERM');
    expect(await worker.ended).toBe(0);
  }, 90_000);

  it('ends by itself, with its ffmpeg, when its database is gone for good', async () => {
    const videoId = await desk.upload(file);
    const line = await openLineToDatabase(desk.app.config.databaseUrl);
    worker = startWorker(desk.test, { DATABASE_URL: line.url });
    await comesTo(videoId, 'transcoding');
    line.cut();
    expect(await worker.ended).toBe(1);
    expect(programs(videoId)).toEqual([]);
    await isMadeByTheNext(videoId);
  }, 90_000);
});
