import { expect, test } from '@playwright/test';
import { startOwnServer, type OwnServer } from '../support/own-server.ts';
import {
  Credit,
  loadedAhead,
  loads,
  noteStops,
  openChapter,
  passTime,
  playsOn,
  playTo,
  position,
  pressPlay,
  savedOnPage,
} from '../support/watching.ts';
import { publishLongChapter } from './long-chapter.ts';

/**
 * Lines that are away for as long as it is promised for, with production's limits (domain/limits.ts) and in real time: minutes, so they
 * run by `npm run test:real-time` only. forgiving-line.e2e.ts has the same with every limit a fraction.
 */
const COMMISSION = 'nagano';
const LEASE_S = 65;
const SEGMENT_S = 6;

let server: OwnServer;
test.beforeAll(async () => {
  test.setTimeout(600_000);
  server = await startOwnServer({});
  await publishLongChapter(server.app, COMMISSION);
});
test.afterAll(() => server.close());

const measured = (what: string, value: number | string) =>
  test.info().annotations.push({ type: what, description: String(value) });

test('40 seconds without a line: nothing is lost and nobody notices', async ({ page, context }) => {
  test.setTimeout(400_000);
  const credit = new Credit(server, await server.newLearner(context, COMMISSION));
  await openChapter(page, server);
  await pressPlay(page);
  await playTo(page, 15);
  await loads(page, 48);
  const stops = await noteStops(page);
  const before = await position(page);
  const cutAt = performance.now();
  await context.setOffline(true);
  await passTime(cutAt, 40_000);
  const after = await position(page);
  await context.setOffline(false);
  const backAt = performance.now();
  measured('played without a line, s', (after - before).toFixed(1));
  measured('loaded ahead when it came back, s', (await loadedAhead(page)).toFixed(1));
  expect(after - before).toBeGreaterThan(39);
  await credit.reaches(after);
  measured('all of it credited after, s', ((performance.now() - backAt) / 1_000).toFixed(1));
  await playTo(page, after + 20);
  expect(await stops()).toEqual([]);
  await expect(page.getByText('通信が切れています')).toBeHidden();
  await expect(page.getByText('もう一度再生します')).toBeHidden();
  credit.end();
});

test('5 minutes without a line: it stops with what was saved, and goes on by itself', async ({
  page,
  context,
}) => {
  test.setTimeout(800_000);
  const credit = new Credit(server, await server.newLearner(context, COMMISSION));
  await openChapter(page, server);
  await pressPlay(page);
  await playTo(page, 25);
  const cutAt = performance.now();
  await context.setOffline(true);
  await expect(page.getByText('通信が切れています')).toBeVisible({ timeout: 120_000 });
  measured('told that the line is away after, s', ((performance.now() - cutAt) / 1_000).toFixed(1));
  const saved = await credit.read();
  expect(await savedOnPage(page)).toBeLessThanOrEqual(saved);
  await passTime(cutAt, 300_000);
  const stoppedAt = await position(page);
  measured('saved, s', saved.toFixed(1));
  measured('pictures stood still at, s', stoppedAt.toFixed(1));
  expect(stoppedAt).toBeLessThanOrEqual(saved + LEASE_S + SEGMENT_S);
  expect(await credit.read()).toBe(saved);
  await context.setOffline(false);
  const backAt = performance.now();
  await expect(page.getByText('もう一度再生します')).toBeVisible({ timeout: 60_000 });
  await playsOn(page);
  const seconds = (performance.now() - backAt) / 1_000;
  measured('plays again after, s', seconds.toFixed(1));
  // The promise for whatever happens to a line, and room for a machine that has other work.
  expect(seconds).toBeLessThan(10 + 5);
  await credit.reaches(saved + 15);
  await expect(page.getByText('通信が切れています')).toBeHidden();
  credit.end();
});
