import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { releaseDeadWorkers, runDueJobs } from '#lib/server/jobs/run-jobs.ts';
import { getVideo } from '#lib/server/lectures/get-video.ts';
import { importVideoFile } from '#lib/server/lectures/import-video-file.ts';
import { retryVideo } from '#lib/server/lectures/retry-video.ts';
import { transcodeVideo } from '#lib/server/lectures/transcode-video.ts';
import { segmentKey } from '#lib/server/media/segment-key.ts';
import { seedCommissions } from '#lib/server/register/seed-commissions.ts';
import { makeAdministrator } from '../../support/drafts.ts';
import { makeVideoFolder } from '../../support/small-videos.ts';
import { listStored } from '../../support/stored-files.ts';
import { decryptSegment, masterSecretOf, readStoredVideo } from '../../support/stored-video.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

const videos = makeVideoFolder();
const attempt = (isLast = false) => ({ signal: new AbortController().signal, isLast });

let test: TestApp;
let administrator: Administrator;
beforeAll(async () => {
  test = await makeTestApp();
  await seedCommissions(test.app);
  administrator = await makeAdministrator(test.app);
});
afterAll(async () => {
  videos.remove();
  await test.close();
});

const upload = (file: string) =>
  importVideoFile(test.app, administrator, { path: file, title: '歩行者の優先' });
const look = (videoId: string) => getVideo(test.app, administrator, videoId);
const sourceKeyOf = async (videoId: string) => {
  const { sourceKey } = await test.app.db
    .selectFrom('video')
    .where('id', '=', videoId)
    .select('sourceKey')
    .executeTakeFirstOrThrow();
  return sourceKey;
};
const audited = async (videoId: string) => {
  const events = await test.app.db
    .selectFrom('auditEvent')
    .where('subjectId', '=', videoId)
    .select('what')
    .orderBy('id')
    .execute();
  return events.map(({ what }) => what);
};
const workingFolders = () => {
  const root = path.join(test.app.config.dataDir, 'work');
  return existsSync(root) ? readdirSync(root) : [];
};
const hasStoredFiles = async (videoId: string) =>
  (await listStored(test.app.storage, `media/${videoId}`)).length > 0;

describe('a video on its way from the upload to a chapter', () => {
  it('waits, is worked on, and is ready with all that a learner’s player needs', async () => {
    const videoId = await upload(await videos.make());
    expect(await look(videoId)).toMatchObject({
      state: 'waiting',
      isMoving: true,
      progressPercent: 0,
      durationMs: null,
    });

    await runDueJobs(test.app);
    expect(await look(videoId)).toMatchObject({
      state: 'ready',
      isMoving: false,
      progressPercent: 100,
      durationMs: 12_000,
    });
    expect(await audited(videoId)).toEqual(['video.uploaded', 'video.ready']);

    const [rung] = (await readStoredVideo(test.app, videoId)).rungs;
    const secret = await masterSecretOf(test.app, videoId);
    const clear = await decryptSegment(test.app, rung!.segments[0]!, segmentKey(secret, videoId, 0));
    expect(clear.includes('moof')).toBe(true);
  });

  it('keeps the uploaded file, and leaves nothing in its working folder', async () => {
    const original = await videos.make();
    const videoId = await upload(original);
    await runDueJobs(test.app);
    expect(await test.app.storage.read(await sourceKeyOf(videoId))).toEqual(await readFile(original));
    expect(workingFolders()).toEqual([]);
  });

  it('is left alone when its job comes a second time', async () => {
    const videoId = await upload(await videos.make());
    await runDueJobs(test.app);
    const secret = await masterSecretOf(test.app, videoId);
    await transcodeVideo(test.app, { videoId }, attempt());
    expect(await masterSecretOf(test.app, videoId)).toEqual(secret);
  });
});

describe('a file that cannot become a lecture', () => {
  it.each([
    ['video_no_sound', () => videos.make({ sound: 0 })],
    ['video_no_picture', () => videos.make({ picture: false })],
    ['video_too_short', () => videos.make({ seconds: 5 })],
    ['video_unreadable', () => videos.write('letter.mp4', 'これは動画ではありません。')],
    [
      'video_unreadable',
      () => videos.write('trap.mp4', '#EXTM3U\n#EXTINF:12,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n'),
    ],
    ['video_unreadable', async () => videos.cutOff(await videos.make(), 0.6)],
    // The index is at the front: the file opens, and its second half is missing.
    [
      'video_damaged',
      async () => videos.cutOff(await videos.make({ flags: ['-movflags', '+faststart'] }), 0.5),
    ],
  ])('is refused as %s', async (code, make) => {
    const videoId = await upload(await make());
    await runDueJobs(test.app);
    expect(await look(videoId)).toMatchObject({ state: 'refused', refusalCode: code, isMoving: false });
    expect(await audited(videoId)).toEqual(['video.uploaded', 'video.refused']);
    expect(await hasStoredFiles(videoId)).toBe(false);
    expect(workingFolders()).toEqual([]);
  });

  it('is refused at once when it is empty', async () => {
    await expect(upload(await videos.write('nothing.mp4', ''))).rejects.toMatchObject({
      code: 'upload_empty',
    });
  });

  it('is refused when less is there than was sent', async () => {
    const videoId = await upload(await videos.make());
    const key = await sourceKeyOf(videoId);
    const whole = await test.app.storage.read(key);
    await test.app.storage.write(key, whole.subarray(0, Math.floor(whole.length * 0.9)));
    await runDueJobs(test.app);
    expect(await look(videoId)).toMatchObject({ state: 'refused', refusalCode: 'upload_incomplete' });
  });
});

describe('a transcoding that goes wrong for no fault of the file', () => {
  it('waits for its next try, fails after the last, and is sent again without a new upload', async () => {
    const videoId = await upload(await videos.make());
    const key = await sourceKeyOf(videoId);
    const source = await test.app.storage.read(key);
    await test.app.storage.remove(key);
    await expect(transcodeVideo(test.app, { videoId }, attempt())).rejects.toThrow(/ENOENT/);
    expect(await look(videoId)).toMatchObject({ state: 'waiting' });
    await expect(retryVideo(test.app, administrator, videoId)).rejects.toMatchObject({ code: 'not_found' });

    await expect(transcodeVideo(test.app, { videoId }, attempt(true))).rejects.toThrow(/ENOENT/);
    expect(await look(videoId)).toMatchObject({ state: 'failed', refusalCode: 'transcoding_failed' });

    await test.app.storage.write(key, source);
    await retryVideo(test.app, administrator, videoId);
    await runDueJobs(test.app);
    expect(await look(videoId)).toMatchObject({ state: 'ready', refusalCode: null });
    expect(await audited(videoId)).toEqual([
      'video.uploaded',
      'video.failed',
      'video.retried',
      'video.ready',
    ]);
  });

  it('gives up when the worker has to stop, and is made by the next one', async () => {
    const videoId = await upload(await videos.make({ seconds: 40, size: '640x360' }));
    const stop = new AbortController();
    const stopped = transcodeVideo(test.app, { videoId }, { signal: stop.signal, isLast: false });
    void stopped.catch(() => undefined);
    await vi.waitFor(async () => expect((await look(videoId)).state).toBe('transcoding'), 10_000);
    stop.abort();
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
    expect(await look(videoId)).toMatchObject({ state: 'waiting' });
    expect(workingFolders()).toEqual([]);
    await runDueJobs(test.app);
    expect(await look(videoId)).toMatchObject({ state: 'ready' });
  });

  it('changes nothing any more once another worker has taken the video up', async () => {
    const videoId = await upload(await videos.make({ seconds: 20 }));
    const slow = transcodeVideo(test.app, { videoId }, attempt(true));
    void slow.catch(() => undefined);
    await vi.waitFor(async () => expect((await look(videoId)).state).toBe('transcoding'), 10_000);
    await transcodeVideo(test.app, { videoId }, attempt());
    await expect(slow).rejects.toThrow();
    expect(await look(videoId)).toMatchObject({ state: 'ready', durationMs: 20_000 });
    const [rung] = (await readStoredVideo(test.app, videoId)).rungs;
    const key = segmentKey(await masterSecretOf(test.app, videoId), videoId, 0);
    expect((await decryptSegment(test.app, rung!.segments[0]!, key)).includes('moof')).toBe(true);
  });
});

describe('a worker that is killed half-way', () => {
  it('leaves a video that the next worker begins again and makes whole', async () => {
    const videoId = await upload(await videos.make({ seconds: 30, size: '640x360' }));
    const { config } = test.app;
    const worker = spawn(process.execPath, ['src/worker.ts'], {
      stdio: 'ignore',
      env: {
        ...process.env,
        KOSHU_MODE: 'test',
        ORIGIN: config.origin,
        DATABASE_URL: config.databaseUrl,
        DATA_DIR: config.dataDir,
        TRUST_DIR: config.trustDir,
        CRL_DIR: config.crlDir,
        ALLOW_TEST_CARDS: '1',
        WRAPPING_KEY: config.wrappingKey.bytes.toString('base64'),
        RECORD_SIGNING_KEY_FILE: config.recordSigningKey.file,
        LOG_LEVEL: 'silent',
      },
    });
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    try {
      await vi.waitFor(async () => expect((await look(videoId)).state).toBe('transcoding'), 40_000);
      expect(await releaseDeadWorkers(test.app, 0)).toEqual([]); // it lives
    } finally {
      worker.kill('SIGKILL');
    }
    await ended;
    expect(await look(videoId)).toMatchObject({ state: 'transcoding', durationMs: null });

    await vi.waitFor(async () => expect(await releaseDeadWorkers(test.app, 0)).toHaveLength(1), 5_000);
    await runDueJobs(test.app);
    expect(await look(videoId)).toMatchObject({ state: 'ready', durationMs: 30_000 });
    expect(workingFolders()).toEqual([]);
  }, 90_000);
});
