import { execFileSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UsableSource } from '#lib/domain/lectures/inspection.ts';
import { ladderFor } from '#lib/domain/lectures/ladder.ts';
import { openMediaFile } from '#lib/server/media/open-media-file.ts';
import { packageVideo } from '#lib/server/media/package-video.ts';
import { probeSource } from '#lib/server/media/probe.ts';
import { segmentKey } from '#lib/server/media/segment-key.ts';
import { transcode } from '#lib/server/media/transcode.ts';
import { makeVideoFolder } from '../../support/small-videos.ts';
import { decryptSegment, readStoredVideo } from '../../support/stored-video.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

const videos = makeVideoFolder();
const folder = mkdtempSync(path.join(tmpdir(), 'koshu-work-'));
const videoId = randomUUID();
const masterSecret = randomBytes(32);
const signal = new AbortController().signal;
const percents: number[] = [];

let test: TestApp;
let made: { durationMs: number; segmentStartsMs: number[] };
beforeAll(async () => {
  test = await makeTestApp();
  const { app } = test;
  // The sound is shorter than the picture, as a careless cut leaves it.
  const file = await videos.make({ size: '960x540', seconds: 14, sound: 9, framesPerSecond: 50 });
  const source = (await probeSource(app.config, file)) as UsableSource;
  const rungs = ladderFor(source.picture);
  await transcode(app.config, {
    file,
    source,
    loudness: null,
    rungs,
    folder,
    signal,
    onProgress: (done) => percents.push(done),
  });
  const { frameRate } = source.picture;
  made = await packageVideo({
    videoId,
    masterSecret,
    rungs,
    frameRate,
    folder,
    storage: app.storage,
    signal,
  });
});
afterAll(async () => {
  videos.remove();
  rmSync(folder, { recursive: true, force: true });
  await test.close();
});

describe('a packaged video', () => {
  it('says its length and where its segments start', () => {
    expect(made).toEqual({ durationMs: 14_000, segmentStartsMs: [0, 6_000, 12_000] });
  });

  it('has a rung for every size of the ladder, with what players need to choose', async () => {
    const { rungs } = await readStoredVideo(test.app, videoId);
    expect(rungs.map(({ side }) => side)).toEqual([540, 360]);
    expect(rungs[0]?.attributes).toMatch(
      /^BANDWIDTH=\d+,AVERAGE-BANDWIDTH=\d+,CODECS="avc1\.6400[0-9a-f]{2},mp4a\.40\.2",RESOLUTION=960x540,FRAME-RATE=25\.000$/,
    );
  });

  it('has the same segments in every rung, so that one key serves a change of quality', async () => {
    const { rungs } = await readStoredVideo(test.app, videoId);
    for (const { segments } of rungs) {
      expect(segments.map(({ seconds }) => seconds)).toEqual([6, 6, 2]);
      expect(segments.map(({ keyUri }) => keyUri)).toEqual(['key/0', 'key/1', 'key/2']);
    }
  });

  it('gives back, under each segment’s own key, exactly what ffmpeg made', async () => {
    const { rungs } = await readStoredVideo(test.app, videoId);
    for (const { side, segments } of rungs) {
      for (const [index, segment] of segments.entries()) {
        const clear = await readFile(path.join(folder, String(side), `${index}.m4s`));
        expect(await decryptSegment(test.app, segment, segmentKey(masterSecret, videoId, index))).toEqual(
          clear,
        );
      }
    }
  });

  it('gives nothing under the key of another segment or another video', async () => {
    const [rung] = (await readStoredVideo(test.app, videoId)).rungs;
    const segment = rung!.segments[1]!;
    const clear = await readFile(path.join(folder, `${rung!.side}/1.m4s`));
    for (const wrong of [segmentKey(masterSecret, videoId, 0), segmentKey(masterSecret, randomUUID(), 1)]) {
      const opened = await decryptSegment(test.app, segment, wrong).catch(() => Buffer.alloc(0));
      expect(opened.includes(clear.subarray(100, 164))).toBe(false);
    }
  });

  it('plays from its clear init segment on, with sound to the end', async () => {
    const { rungs } = await readStoredVideo(test.app, videoId);
    for (const { init, segments, side } of rungs) {
      const clear = await Promise.all(
        segments.map((segment, index) =>
          decryptSegment(test.app, segment, segmentKey(masterSecret, videoId, index)),
        ),
      );
      const flags = [
        '-v',
        'error',
        '-count_packets',
        '-show_entries',
        'stream=codec_name,nb_read_packets,height',
        '-of',
        'json',
        '-',
      ];
      const answer = execFileSync('ffprobe', flags, { input: Buffer.concat([init, ...clear]) });
      const { streams } = JSON.parse(answer.toString()) as { streams: Record<string, string | number>[] };
      expect(streams[0]).toMatchObject({
        codec_name: 'h264',
        height: side,
        nb_read_packets: String(14 * 25),
      });
      expect(streams[1]).toMatchObject({ codec_name: 'aac' });
      const soundSeconds = (Number(streams[1]?.nb_read_packets) * 1_024) / 48_000;
      expect(Math.abs(soundSeconds - 14)).toBeLessThan(0.1);
    }
  });

  it('was made with progress that only grows, up to the end', () => {
    expect(percents).toEqual(percents.toSorted((a, b) => a - b));
    expect(percents.at(-1)).toBeCloseTo(1, 1);
  });
});

describe('the public files of a video', () => {
  it('are its playlists, init segments and encrypted segments', async () => {
    for (const [file, contentType] of [
      ['master.m3u8', 'application/vnd.apple.mpegurl'],
      ['360/index.m3u8', 'application/vnd.apple.mpegurl'],
      ['360/init.mp4', 'video/mp4'],
      ['540/2.m4s', 'application/octet-stream'],
    ] as const) {
      const opened = await openMediaFile(test.app, videoId, file);
      expect(opened).toMatchObject({ contentType });
      expect(opened?.bytes).toBeGreaterThan(0);
      opened?.stream.destroy();
    }
  });

  it('are nothing else: no keys, no sources, no way out of the folder', async () => {
    await test.app.storage.write('uploads/source', Buffer.from('a source'));
    for (const file of [
      '360/key/0',
      'key/0',
      '360/9.m4s',
      '../../uploads/source',
      '360/../../../uploads/source',
      '',
      '360/',
      'x',
    ]) {
      expect(await openMediaFile(test.app, videoId, file)).toBeUndefined();
    }
    for (const video of ['..', '../uploads', `${videoId}/..`, randomUUID(), videoId.toUpperCase()]) {
      expect(await openMediaFile(test.app, video, 'master.m3u8')).toBeUndefined();
    }
  });
});
