import { createDecipheriv } from 'node:crypto';
import { expect, test, type Page } from '@playwright/test';
import type { OpenedViewing } from '#lib/domain/attendance/protocol.ts';
import { segmentIv } from '#lib/server/media/encrypt.ts';
import { startOwnServer, type OwnServer } from './support/own-server.ts';
import { Credit, openChapter, passTime, playsOn, playTo, position, pressPlay } from './support/watching.ts';

/**
 * The player of browsers without Media Source Extensions (iPhones before iOS 17.1): the video element plays HLS by itself. Chromium 156
 * does when the extensions are taken away, except that it cannot decrypt AES-128 segments with a clear EXT-X-MAP before the first key
 * (it takes the init segment for ciphertext too). The tests' network layer does that for it, with the same keys from the same address.
 */
let server: OwnServer;
test.beforeAll(async () => {
  // Three segments at first: with fewer Chromium gives up waiting for the next one, with more it begins near the end of the list, as if
  // this were a broadcast and there were no EXT-X-START.
  server = await startOwnServer({ HEARTBEAT_INTERVAL_MS: '3000', LOOK_MS: '18000', LEASE_TTL_MS: '18000' });
});
test.afterAll(() => server.close());

/** Takes the extensions away, decrypts for the browser, and remembers what is asked for. */
async function makeOld(page: Page) {
  const asked: string[] = [];
  let keysAddress = '';
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.addInitScript(() => {
    for (const name of ['MediaSource', 'ManagedMediaSource', 'WebKitMediaSource', 'SourceBuffer'])
      Reflect.deleteProperty(globalThis, name);
  });
  // Of the renditions only the first: Chromium also gives up when it changes to one of which nothing new is there yet.
  await page.route(/\/media\/native\/.*\/master\.m3u8$/, async (route) => {
    const response = await route.fetch().catch(() => null);
    if (!response?.ok()) return route.abort();
    const [first = ''] = /[^]*?\.m3u8\n/.exec(await response.text()) ?? [];
    await route.fulfill({ response, body: first });
  });
  await page.route(/\/media\/native\/.*\/index\.m3u8$/, async (route) => {
    const response = await route.fetch().catch(() => null);
    if (!response?.ok()) return route.abort();
    keysAddress = route
      .request()
      .url()
      .replace(/\d+\/index\.m3u8$/, 'key/');
    await route.fulfill({ response, body: (await response.text()).replace(/#EXT-X-KEY.*\n/g, '') });
  });
  await page.route(/\.m4s$/, async (route) => {
    const index = Number(/(\d+)\.m4s$/.exec(route.request().url())![1]);
    const [key, segment] = await Promise.all([
      page.request.get(`${keysAddress}${index}`).catch(() => null),
      route.fetch().catch(() => null),
    ]);
    if (!key?.ok() || !segment?.ok()) return route.abort();
    const decipher = createDecipheriv('aes-128-cbc', await key.body(), segmentIv(index));
    const body = Buffer.concat([decipher.update(await segment.body()), decipher.final()]);
    await route.fulfill({ body, contentType: 'video/mp4' });
  });
  return asked;
}

const statusOf = (page: Page, address: string) =>
  page.evaluate(async (url) => (await fetch(url)).status, address);

test.describe('a browser that plays HLS by itself @phone', () => {
  test('plays and earns by the same rule, and cannot skip', async ({ page, context }) => {
    const credit = new Credit(server, await server.newLearner(context));
    const asked = await makeOld(page);
    const opening = page.waitForResponse(/viewing\.open$/);
    await openChapter(page, server);
    await pressPlay(page);
    const startedAt = performance.now();
    const { result } = (await (await opening).json()) as { result: { data: OpenedViewing } };
    const { viewingId, durationMs, grant } = result.data;
    await playTo(page, 2);

    // Beyond the released part there is neither a playlist entry nor a key.
    const beyond = grant.keys.length + 1;
    expect(await statusOf(page, `/media/native/${viewingId}/key/0`)).toBe(200);
    expect(await statusOf(page, `/media/native/${viewingId}/key/${beyond}`)).toBe(404);
    const before = await position(page);
    await page.evaluate(() => (document.querySelector('video')!.currentTime = 50));
    await playsOn(page);
    expect(await position(page)).toBeLessThan(before + 20);
    await page.evaluate(() => (document.querySelector('video')!.playbackRate = 16));
    await expect.poll(() => page.evaluate(() => document.querySelector('video')!.playbackRate)).toBe(1);
    await playsOn(page);
    await page.evaluate(() => (document.querySelector('video')!.currentTime = 1));
    await playsOn(page);

    // Not to the end: Chromium loses a segment where a list that grows begins. ffmpeg plays all of it (native-player-ffmpeg.e2e.ts).
    const WATCHED_S = 30;
    await credit.reaches(WATCHED_S);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(WATCHED_S * 1_000);
    expect(await statusOf(page, `/media/native/${viewingId}/key/${Math.ceil(durationMs / 6_000) - 1}`)).toBe(
      404,
    );
    credit.end();
    expect(asked.some((path) => path.startsWith(`/media/native/${viewingId}/`))).toBe(true);
    expect(asked.some((path) => /hls|\/media\/[0-9a-f-]{36}\/master/.test(path))).toBe(false);
  });

  test('goes on by itself after a server that was away for longer than the viewing lives', async ({
    page,
    context,
  }) => {
    const credit = new Credit(server, await server.newLearner(context));
    await makeOld(page);
    await openChapter(page, server);
    await pressPlay(page);
    await playTo(page, 4);
    await server.kill();
    const killedAt = performance.now();
    await passTime(killedAt, 20_000);
    const saved = await credit.read();
    await server.start();
    await credit.reaches(saved + 2);
    await playsOn(page);
    credit.end();
  });
});
