import { execFileSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UsableSource } from '#lib/domain/videos/inspection.ts';
import { ladderFor } from '#lib/domain/videos/ladder.ts';
import { decryptStill } from '#lib/server/media/encrypt.ts';
import { timesOf, trackOf } from '#lib/server/media/mp4-boxes.ts';
import { packageVideo, type PackagedVideo } from '#lib/server/media/package-video.ts';
import { probeSource } from '#lib/server/media/probe.ts';
import { segmentKey } from '#lib/server/media/segment-key.ts';
import { stillKey } from '#lib/server/media/store-stills.ts';
import { transcode } from '#lib/server/media/transcode.ts';
import { makeVideoFolder, type SmallVideo } from '../../support/small-videos.ts';
import { decryptSegment, readPackage } from '../../support/stored-video.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

const videos = makeVideoFolder();
const masterSecret = randomBytes(32);

let test: TestApp;
beforeAll(async () => {
  test = await makeTestApp();
});
afterAll(async () => {
  videos.remove();
  await test.close();
});

async function makePackage(video: SmallVideo) {
  const { app } = test;
  const videoId = randomUUID();
  const prefix = `media/${videoId}/try`;
  const file = await videos.make(video);
  const source = (await probeSource(app.config, file)) as UsableSource;
  const rungs = ladderFor(source.picture);
  const percents: number[] = [];
  const packaging = packageVideo(
    { videoId, masterSecret, storage: app.storage, prefix },
    { rungs, frameRate: source.picture.frameRate },
  );
  await transcode(app.config, {
    file,
    source,
    loudness: null,
    rungs,
    folder: test.folder,
    signal: new AbortController().signal,
    readers: packaging.readers,
    onProgress: (done) => percents.push(done),
  });
  return { videoId, prefix, percents, made: await packaging.finish() };
}

/** Every rung with its segments in clear. */
async function open({ videoId, prefix }: { videoId: string; prefix: string }) {
  const { rungs } = await readPackage(test.app, prefix);
  return Promise.all(
    rungs.map(async (rung) => ({
      ...rung,
      clear: await Promise.all(
        rung.segments.map((segment, index) =>
          decryptSegment(test.app, segment, segmentKey(masterSecret, videoId, index)),
        ),
      ),
    })),
  );
}

interface Stream {
  readonly codec_name: string;
  readonly nb_read_packets: string;
  readonly height?: number;
  readonly channels?: number;
}

function probe(bytes: Buffer): Stream[] {
  const answer = execFileSync(
    'ffprobe',
    [
      ...['-v', 'error', '-count_packets', '-of', 'json'],
      ...['-show_entries', 'stream=codec_name,nb_read_packets,height,channels', '-'],
    ],
    { input: bytes },
  );
  return (JSON.parse(answer.toString()) as { streams: Stream[] }).streams;
}

describe('a packaged video', () => {
  let stored: Awaited<ReturnType<typeof makePackage>>;
  let made: PackagedVideo;
  beforeAll(async () => {
    // The sound is shorter than the picture, as a careless cut leaves it.
    stored = await makePackage({ size: '640x480', seconds: 14, sound: 9, framesPerSecond: 50 });
    ({ made } = stored);
  });

  it('says its length, where its segments start, and how many stills it has', () => {
    expect(made).toMatchObject({ durationMs: 14_000, segmentStartsMs: [0, 6_000, 12_000], stillCount: 2 });
  });

  it('has a rung for every size of the ladder, with what players need to choose', async () => {
    const rungs = await open(stored);
    expect(rungs.map(({ side }) => side)).toEqual([480, 240, 144]);
    expect(rungs[0]?.attributes).toMatch(
      /^BANDWIDTH=\d+,AVERAGE-BANDWIDTH=\d+,CODECS="avc1\.6400[0-9a-f]{2},mp4a\.40\.2",RESOLUTION=640x480,FRAME-RATE=25\.000$/,
    );
    expect(rungs.at(-1)?.attributes).toMatch(/RESOLUTION=192x144$/);
  });

  it('has the same segments in every rung, so that one key serves a change of quality', async () => {
    for (const { segments } of await open(stored)) {
      expect(segments.map(({ seconds }) => seconds)).toEqual([6, 6, 2]);
      expect(segments.map(({ keyUri }) => keyUri)).toEqual(['key/0', 'key/1', 'key/2']);
    }
  });

  it('gives nothing under the key of another segment or another video', async () => {
    const [rung] = await open(stored);
    const clear = rung!.clear[1]!;
    for (const wrong of [
      segmentKey(masterSecret, stored.videoId, 0),
      segmentKey(masterSecret, randomUUID(), 1),
    ]) {
      const opened = await decryptSegment(test.app, rung!.segments[1]!, wrong).catch(() => Buffer.alloc(0));
      expect(opened.includes(clear.subarray(100, 164))).toBe(false);
    }
  });

  it('plays from its clear init segment on, with sound to the end', async () => {
    for (const { init, clear, side } of await open(stored)) {
      const [picture, sound] = probe(Buffer.concat([init, ...clear]));
      expect(picture).toMatchObject({
        codec_name: 'h264',
        height: side,
        nb_read_packets: String(side === 144 ? 14 * 2.5 : 14 * 25),
      });
      expect(sound).toMatchObject({ codec_name: 'aac', channels: 2 });
      const soundSeconds = (Number(sound?.nb_read_packets) * 1_024) / 48_000;
      expect(Math.abs(soundSeconds - 14)).toBeLessThan(0.1);
    }
  });

  it('has stills of which each opens under the key of the segment that it shows, and no other', async () => {
    for (const [still, segment] of [
      [0, 0],
      [1, 1],
    ] as const) {
      const encrypted = await test.app.storage.read(stillKey(stored.prefix, still));
      const opened = (index: number) =>
        decryptStill(encrypted, segmentKey(masterSecret, stored.videoId, index), still);
      expect(opened(segment).subarray(0, 3).toString('hex')).toBe('ffd8ff');
      expect(() => opened(segment + 1)).toThrow();
      expect(probe(opened(segment))).toMatchObject([{ codec_name: 'mjpeg', height: 240 }]);
    }
    expect(made.coverStill).toBeLessThan(2);
  });

  it('was made with progress that only grows, up to the end', () => {
    const { percents } = stored;
    expect(percents).toEqual(percents.toSorted((a, b) => a - b));
    expect(percents.at(-1)).toBeCloseTo(1, 1);
  });
});

describe('the segments of all rungs', () => {
  it.each([
    ['30 pictures a second', { framesPerSecond: 30 }],
    ['29.97, of which no whole number fills six seconds', { framesPerSecond: '30000/1001' }],
    ['23.976', { framesPerSecond: '24000/1001' }],
    ['an odd rate', { framesPerSecond: '1789/100' }],
  ])('begin at the same tick, in picture and sound, at %s', async (_, video) => {
    const stored = await makePackage({ seconds: 26, size: '320x240', ...video });
    const starts = (await open(stored)).map(({ init, clear }) =>
      (['vide', 'soun'] as const).map((kind) => {
        const track = trackOf(init, kind);
        return clear.map((segment) => {
          const moof = segment.subarray(0, segment.readUInt32BE(0));
          return timesOf(moof, track).start / track.timescale;
        });
      }),
    );
    expect(starts.length).toBeGreaterThan(1);
    expect(starts[0]?.[0]?.length).toBeGreaterThan(3);
    for (const rung of starts) expect(rung).toEqual(starts[0]);
  });
});
