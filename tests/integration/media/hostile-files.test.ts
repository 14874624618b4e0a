import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Refusal } from '#lib/domain/refusal.ts';
import { inspectSource } from '#lib/server/media/inspect-source.ts';
import { aviWithCaptions, playlists, withMediaElsewhere } from '../../support/hostile-videos.ts';
import { oddVideos } from '../../support/odd-videos.ts';
import { makeVideoFolder } from '../../support/small-videos.ts';

const CONFIG = { ffmpegPath: 'ffmpeg', ffprobePath: 'ffprobe' };
const SECRET = 'the wrapping key of this machine';
const videos = makeVideoFolder();
const odd = oddVideos(videos);

/** Whoever asks here has reached the network. */
const asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(request.url ?? '');
  response.end(SECRET);
});
let address: string;
let secretFile: string;
let part: string;
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/video.ts`;
  secretFile = await videos.write('secret.txt', SECRET);
  part = await odd.make('part.ts', '-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac');
});
afterAll(() => {
  videos.remove();
  server.close();
});

/** What the inspection says of a file; all of what it says is looked through for the secret. */
async function inspected(file: string): Promise<string> {
  const facts: unknown[] = [];
  const outcome: unknown = await inspectSource(CONFIG, file, (source) => void facts.push(source)).catch(
    (thrown: unknown) => thrown,
  );
  expect(JSON.stringify([facts, outcome, outcome instanceof Error && outcome.message])).not.toContain(SECRET);
  expect(asked).toEqual([]);
  if (outcome instanceof Refusal) return outcome.code;
  if (outcome instanceof Error) throw outcome;
  return 'usable';
}

describe('a file that points elsewhere', () => {
  it('opens neither a file nor an address, whatever kind of playlist it is', async () => {
    for (const target of [address, `file://${secretFile}`, secretFile, `file://${part}`]) {
      await Promise.all(
        playlists(target, part).map(async ([name, text]) => {
          const file = await videos.write(`${name}-${target.length}.mp4`, text);
          expect(await inspected(file), name).toBe('video_unreadable');
        }),
      );
    }
  }, 60_000);

  it('is no less a playlist for being called one', async () => {
    const [, text = ''] = playlists(address, part)[0]!;
    for (const name of ['x.m3u8', 'x.mpd', 'x.ffconcat', '%03d.jpg', 'x.sdp'])
      expect(await inspected(await videos.write(name, text))).toBe('video_unreadable');
  });

  it('is an MP4 whose media is said to be elsewhere: only what is in it counts', async () => {
    const mp4 = await readFile(await odd.ordinary());
    for (const target of [address, `file://${secretFile}`]) {
      const file = await videos.write(`dref-${target.length}.mp4`, withMediaElsewhere(mp4, target));
      expect(['usable', 'video_damaged', 'video_unreadable', 'video_no_picture']).toContain(
        await inspected(file),
      );
    }
  });

  it('is an AVI whose captions are a playlist', async () => {
    for (const [name, text] of playlists(address, part)) {
      const file = await videos.write(`${name}.avi`, aviWithCaptions(text));
      expect(await inspected(file), name).toMatch(/^video_/);
    }
  }, 60_000);
});

describe('a file that is made to use up the machine', () => {
  it('is refused for pictures that claim 60,000 × 60,000 pixels, which are never allocated', async () => {
    expect(await inspected(await odd.hugeJpegs())).toBe('video_damaged');
  });

  it('is refused for pictures that unpack to a thousand times their size', async () => {
    const flags = ['-vf', 'scale=4000:4000', '-frames:v', '3', '-c:v', 'png', '-c:a', 'pcm_s16le'];
    expect(await inspected(await odd.make('bomb.mov', ...flags))).toBe('video_unsupported');
  });

  it('is refused for a hundred streams', async () => {
    const maps = Array.from({ length: 100 }, () => ['-map', '1:a']).flat();
    const flags = ['-map', '0:v', ...maps, '-c:v', 'mpeg4', '-c:a', 'pcm_mulaw', '-ar', '8000', '-t', '1'];
    expect(await inspected(await odd.make('many.mkv', ...flags))).toBe('video_unreadable');
  });

  it('is refused wherever its index is bent', async () => {
    const mp4 = await readFile(await odd.ordinary());
    const index = mp4.indexOf('moov', 0, 'latin1');
    const outcomes = await Promise.all(
      [4, 140, 420].map(async (offset) => {
        const bent = Buffer.from(mp4);
        bent.fill(0xff, index + offset, index + offset + 24);
        return inspected(await videos.write(`bent-${offset}.mp4`, bent));
      }),
    );
    for (const outcome of outcomes) expect(outcome).toMatch(/^(?:video_|usable)/);
    expect(outcomes).toContain('video_unreadable');
  }, 30_000);
});
