import { expect, test } from '@playwright/test';
import { startOwnServer, type OwnServer } from './support/own-server.ts';
import { Credit, goesOnFrom, openChapter, playsOn, playTo, position, pressPlay } from './support/watching.ts';

/**
 * Lines that drop, in a real browser. Limits are scaled (support/own-server.ts): a heartbeat every 3 s and 12 s of look-ahead and life,
 * against 10 s and 65 s; the pauses between tries are production's. In production 40 s are bridged, here 12 − 3 − 3 − 1 = 5 s.
 */
const BRIDGED_MS = 5_000;
const LEASE_MS = 12_000;

let server: OwnServer;
test.beforeAll(async () => {
  server = await startOwnServer();
});
test.afterAll(() => server.close());

test.describe('a line that drops @pc', () => {
  test('for a while is not noticed and costs nothing', async ({ page, context }) => {
    const credit = new Credit(server, await server.newLearner(context));
    await openChapter(page, server);
    await pressPlay(page);
    await playTo(page, 4);
    // On a machine that is slow to load it would be the loading that is noticed.
    const loadedAhead = () =>
      page.evaluate(() => {
        const { buffered, currentTime } = document.querySelector('video')!;
        return buffered.end(buffered.length - 1) - currentTime;
      });
    await expect.poll(loadedAhead, { timeout: 30_000 }).toBeGreaterThan(BRIDGED_MS / 1_000 + 2);
    await page.evaluate(() => {
      const video = document.querySelector('video')!;
      const stops: string[] = [];
      for (const event of ['waiting', 'pause', 'seeking']) {
        video.addEventListener(event, () => {
          const loaded = video.buffered.length > 0 ? video.buffered.end(video.buffered.length - 1) : 0;
          stops.push(`${event} at ${video.currentTime}, loaded to ${loaded}`);
        });
      }
      Object.assign(globalThis, { stops });
    });
    const before = await position(page);
    await context.setOffline(true);
    await playTo(page, before + BRIDGED_MS / 1_000);
    await context.setOffline(false);
    await credit.reaches(before + BRIDGED_MS / 1_000);
    await playsOn(page);
    expect(await page.evaluate(() => Reflect.get(globalThis, 'stops') as string[])).toEqual([]);
    await expect(page.getByText('通信が切れています')).toBeHidden();
    await expect(page.getByText('もう一度再生します')).toBeHidden();
    credit.end();
  });

  test('for longer than the viewing lives stops the lecture with what was saved, which goes on by itself', async ({
    page,
    context,
  }) => {
    const credit = new Credit(server, await server.newLearner(context));
    await openChapter(page, server);
    await pressPlay(page);
    await playTo(page, 4);
    await context.setOffline(true);
    const offlineAt = performance.now();
    await expect(page.getByText('通信が切れています')).toBeVisible({ timeout: 60_000 });
    const saved = await credit.read();
    await expect(page.getByText(`0分${Math.floor(saved)}秒まで保存しました`).first()).toBeVisible();
    await expect
      .poll(() => performance.now() - offlineAt, { timeout: 60_000 })
      .toBeGreaterThan(LEASE_MS + 4_000);
    const stoppedAt = await position(page);
    expect(stoppedAt).toBeLessThanOrEqual(saved + LEASE_MS / 1_000 + 6);
    await context.setOffline(false);
    await expect(page.getByText('もう一度再生します')).toBeVisible({ timeout: 60_000 });
    await credit.reaches(saved + 2);
    await playsOn(page);
    await expect(page.getByText('通信が切れています')).toBeHidden();
    credit.end();
  });

  test('five times in a row, as between cells and wireless networks, costs nothing', async ({
    page,
    context,
  }) => {
    const credit = new Credit(server, await server.newLearner(context));
    await openChapter(page, server);
    await pressPlay(page);
    await playTo(page, 3);
    for (let change = 1; change <= 5; change += 1) {
      const before = await position(page);
      await context.setOffline(true);
      await playTo(page, before + 1);
      await context.setOffline(false);
      await goesOnFrom(page, before + 1);
    }
    await credit.reaches(8);
    await expect(page.getByText('もう一度再生します')).toBeHidden();
    credit.end();
  });
});
