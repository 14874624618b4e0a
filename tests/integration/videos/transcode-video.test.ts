import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runDueJobs } from '#lib/server/jobs/run-jobs.ts';
import { retryVideo } from '#lib/server/videos/retry-video.ts';
import { transcodeVideo } from '#lib/server/videos/transcode-video.ts';
import { segmentKey } from '#lib/server/media/segment-key.ts';
import { decryptSegment, masterSecretOf, readStoredVideo } from '../../support/stored-video.ts';
import { openVideoDesk, type VideoDesk } from '../../support/video-desk.ts';

const attempt = (isLast = false) => ({ signal: new AbortController().signal, isLast });

let desk: VideoDesk;
beforeAll(async () => {
  desk = await openVideoDesk();
});
afterAll(() => desk.close());

const sourceKeyOf = async (videoId: string) => {
  const { sourceKey } = await desk.app.db
    .selectFrom('video')
    .where('id', '=', videoId)
    .select('sourceKey')
    .executeTakeFirstOrThrow();
  return sourceKey;
};

describe('a video on its way from the upload to a chapter', () => {
  it('waits, is worked on, and is ready with all that a learner’s player needs', async () => {
    const videoId = await desk.upload(await desk.videos.make());
    expect(await desk.look(videoId)).toMatchObject({
      state: 'waiting',
      isMoving: true,
      progressPercent: 0,
      durationMs: null,
    });

    await runDueJobs(desk.app);
    expect(await desk.look(videoId)).toMatchObject({
      state: 'ready',
      isMoving: false,
      progressPercent: 100,
      durationMs: 12_000,
    });
    expect(await desk.audited(videoId)).toEqual(['video.uploaded', 'video.ready']);

    const [rung] = (await readStoredVideo(desk.app, videoId)).rungs;
    const secret = await masterSecretOf(desk.app, videoId);
    const clear = await decryptSegment(desk.app, rung!.segments[0]!, segmentKey(secret, videoId, 0));
    expect(clear.includes('moof')).toBe(true);
  });

  it('keeps the uploaded file, and leaves nothing in its working folder', async () => {
    const original = await desk.videos.make();
    const videoId = await desk.upload(original);
    await runDueJobs(desk.app);
    expect(await desk.app.storage.read(await sourceKeyOf(videoId))).toEqual(await readFile(original));
    expect(desk.workingFolders()).toEqual([]);
  });

  it('is left alone when its job comes a second time', async () => {
    const videoId = await desk.upload(await desk.videos.make());
    await runDueJobs(desk.app);
    const secret = await masterSecretOf(desk.app, videoId);
    await transcodeVideo(desk.app, { videoId }, attempt());
    expect(await masterSecretOf(desk.app, videoId)).toEqual(secret);
  });
});

describe('a file that cannot become a lecture', () => {
  it.each([
    ['video_no_sound', () => desk.videos.make({ sound: 0 })],
    ['video_no_picture', () => desk.videos.make({ picture: false })],
    ['video_too_short', () => desk.videos.make({ seconds: 5 })],
    ['video_unreadable', () => desk.videos.write('letter.mp4', 'これは動画ではありません。')],
    [
      'video_unreadable',
      () => desk.videos.write('trap.mp4', '#EXTM3U\n#EXTINF:12,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n'),
    ],
    ['video_unreadable', async () => desk.videos.cutOff(await desk.videos.make(), 0.6)],
    // The index is at the front: the file opens, and its second half is missing.
    [
      'video_damaged',
      async () => desk.videos.cutOff(await desk.videos.make({ flags: ['-movflags', '+faststart'] }), 0.5),
    ],
  ])('is refused as %s', async (code, make) => {
    const videoId = await desk.upload(await make());
    await runDueJobs(desk.app);
    expect(await desk.look(videoId)).toMatchObject({ state: 'refused', refusalCode: code, isMoving: false });
    expect(await desk.audited(videoId)).toEqual(['video.uploaded', 'video.refused']);
    expect(await desk.storedFiles(videoId)).toEqual([]);
    expect(desk.workingFolders()).toEqual([]);
  });

  it('is refused at once when it is empty', async () => {
    await expect(desk.upload(await desk.videos.write('nothing.mp4', ''))).rejects.toMatchObject({
      code: 'upload_empty',
    });
  });

  it('is refused when less is there than was sent', async () => {
    const videoId = await desk.upload(await desk.videos.make());
    const key = await sourceKeyOf(videoId);
    const whole = await desk.app.storage.read(key);
    await desk.app.storage.write(key, whole.subarray(0, Math.floor(whole.length * 0.9)));
    await runDueJobs(desk.app);
    expect(await desk.look(videoId)).toMatchObject({ state: 'refused', refusalCode: 'upload_incomplete' });
  });
});

describe('a transcoding that goes wrong for no fault of the file', () => {
  it('waits for its next try, fails after the last, and is sent again without a new upload', async () => {
    const videoId = await desk.upload(await desk.videos.make());
    const key = await sourceKeyOf(videoId);
    const source = await desk.app.storage.read(key);
    await desk.app.storage.remove(key);
    await expect(transcodeVideo(desk.app, { videoId }, attempt())).rejects.toThrow(/ENOENT/);
    expect(await desk.look(videoId)).toMatchObject({ state: 'waiting' });
    await expect(retryVideo(desk.app, desk.administrator, videoId)).rejects.toMatchObject({
      code: 'not_found',
    });

    await expect(transcodeVideo(desk.app, { videoId }, attempt(true))).rejects.toThrow(/ENOENT/);
    expect(await desk.look(videoId)).toMatchObject({ state: 'failed', refusalCode: 'transcoding_failed' });

    await desk.app.storage.write(key, source);
    await retryVideo(desk.app, desk.administrator, videoId);
    await runDueJobs(desk.app);
    expect(await desk.look(videoId)).toMatchObject({ state: 'ready', refusalCode: null });
    expect(await desk.audited(videoId)).toEqual([
      'video.uploaded',
      'video.failed',
      'video.retried',
      'video.ready',
    ]);
  });

  it('gives up when the worker has to stop, and is made by the next one', async () => {
    const videoId = await desk.upload(await desk.videos.make({ seconds: 20, size: '480x270' }));
    const stop = new AbortController();
    const stopped = transcodeVideo(desk.app, { videoId }, { signal: stop.signal, isLast: false });
    void stopped.catch(() => undefined);
    await vi.waitFor(async () => expect((await desk.look(videoId)).state).toBe('transcoding'), 10_000);
    stop.abort();
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
    expect(await desk.look(videoId)).toMatchObject({ state: 'waiting' });
    expect(desk.workingFolders()).toEqual([]);
    await runDueJobs(desk.app);
    expect(await desk.look(videoId)).toMatchObject({ state: 'ready' });
  });

  it('changes nothing any more once another worker has taken the video up', async () => {
    const videoId = await desk.upload(await desk.videos.make({ seconds: 20 }));
    const slow = transcodeVideo(desk.app, { videoId }, attempt(true));
    void slow.catch(() => undefined);
    await vi.waitFor(async () => expect((await desk.look(videoId)).state).toBe('transcoding'), 10_000);
    await transcodeVideo(desk.app, { videoId }, attempt());
    await expect(slow).rejects.toThrow();
    expect(await desk.look(videoId)).toMatchObject({ state: 'ready', durationMs: 20_000 });
    const [rung] = (await readStoredVideo(desk.app, videoId)).rungs;
    const key = segmentKey(await masterSecretOf(desk.app, videoId), videoId, 0);
    expect((await decryptSegment(desk.app, rung!.segments[0]!, key)).includes('moof')).toBe(true);
  });
});
