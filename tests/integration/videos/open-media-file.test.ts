import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runDueJobs } from '#lib/server/jobs/run-jobs.ts';
import { mediaFolder, openMediaFile } from '#lib/server/videos/open-media-file.ts';
import { openStill } from '#lib/server/videos/open-still.ts';
import { makeAdministrator } from '../../support/drafts.ts';
import { openVideoDesk, type VideoDesk } from '../../support/video-desk.ts';

let desk: VideoDesk;
beforeAll(async () => {
  desk = await openVideoDesk();
});
afterAll(() => desk.close());

describe('the pictures of a video', () => {
  it('are shown to its administrators, and to no other commission’s', async () => {
    const videoId = await desk.upload(await desk.videos.make());
    await runDueJobs(desk.app);
    const { stillCount, coverStill } = await desk.look(videoId);
    expect(stillCount).toBe(2);
    for (const still of [0, 1, coverStill ?? -1]) {
      const picture = await openStill(desk.app, desk.administrator, { videoId, still });
      expect(picture.subarray(0, 3).toString('hex')).toBe('ffd8ff');
    }
    const stranger = await makeAdministrator(desk.app, 'osaka');
    for (const [who, still] of [
      [stranger, 0],
      [desk.administrator, 2],
    ] as const) {
      await expect(openStill(desk.app, who, { videoId, still })).rejects.toMatchObject({ code: 'not_found' });
    }
  });
});

describe('the public files of a video', () => {
  it('are its playlists, init segments, encrypted segments and encrypted stills, once it is ready', async () => {
    const videoId = await desk.upload(await desk.videos.make());
    await desk.app.storage.write(`${mediaFolder(videoId)}/a-try/master.m3u8`, Buffer.from('half-made'));
    for (const file of ['master.m3u8', 'a-try/master.m3u8'])
      expect(await openMediaFile(desk.app, videoId, file)).toBeUndefined();
    await runDueJobs(desk.app);
    for (const [file, contentType] of [
      ['master.m3u8', 'application/vnd.apple.mpegurl'],
      ['240/index.m3u8', 'application/vnd.apple.mpegurl'],
      ['144/init.mp4', 'video/mp4'],
      ['144/1.m4s', 'application/octet-stream'],
      ['stills/1.bin', 'application/octet-stream'],
    ] as const) {
      const opened = await openMediaFile(desk.app, videoId, file);
      expect(opened).toMatchObject({ contentType });
      expect(opened?.bytes).toBeGreaterThan(0);
      opened?.stream.destroy();
    }
  });

  it('are nothing else: no keys, no sources, no way out of the folder', async () => {
    const videoId = await desk.upload(await desk.videos.make());
    await runDueJobs(desk.app);
    await desk.app.storage.write('uploads/source', Buffer.from('a source'));
    for (const file of [
      '240/key/0',
      'key/0',
      '240/9.m4s',
      'stills/9.bin',
      '../../uploads/source',
      '240/../../../uploads/source',
      '',
      '240/',
      'x',
    ]) {
      expect(await openMediaFile(desk.app, videoId, file)).toBeUndefined();
    }
    for (const video of ['..', '../uploads', `${videoId}/..`, randomUUID(), videoId.toUpperCase()]) {
      expect(await openMediaFile(desk.app, video, 'master.m3u8')).toBeUndefined();
    }
  });
});
