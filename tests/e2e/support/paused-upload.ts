import { expect, type Page } from '@playwright/test';
import { look } from './look.ts';

const MEGABYTE = 1024 * 1024;

/** What a file must have at least so that it goes in more than two parts. */
export const PADDING_BYTES = 20 * MEGABYTE;

/** Sends the first part of this file, pauses, leaves the page, and comes back with the same file; until the video is ready. */
export async function pauseAndGoOn(page: Page, file: string): Promise<void> {
  const hold = Promise.withResolvers<null>();
  await page.route('**/_app/immutable/entry/*', (route) => hold.promise.then(() => route.continue()));
  await page.goto('/admin/videos', { waitUntil: 'commit' });
  let parts = 0;
  await page.route('**/uploads/*', async (route) => {
    const isPart = route.request().method() === 'PATCH';
    if (isPart) parts += 1;
    if (!isPart || parts === 1) await route.continue(); // the second part never arrives
  });
  await page.locator('input[type=file]').setInputFiles(file); // before the page's script is there
  hold.resolve(null);
  await page.getByLabel('動画の題名').fill('途中で休む動画');
  await page.getByRole('button', { name: 'アップロードする' }).click();
  await expect(page.getByRole('progressbar', { name: '途中で休む動画' })).toHaveAttribute(
    'aria-valuenow',
    /^[34]\d$/,
  );
  await page.getByRole('button', { name: '一時停止する' }).click();
  await expect(page.getByText('一時停止しています')).toBeVisible();
  await look(page, 'admin-upload-paused');

  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.reload();
  const unfinished = page.getByRole('region', { name: '途中のアップロード' });
  await expect(unfinished.getByRole('heading', { name: '途中で休む動画' })).toBeVisible();
  await look(page, 'admin-upload-unfinished');
  await page.locator('input[type=file]').setInputFiles(file);
  await expect(page.getByText('前回のつづきから送ります')).toBeVisible();
  const nextPart = page.waitForRequest((request) => request.method() === 'PATCH');
  await page.getByRole('button', { name: 'アップロードする' }).click();
  expect((await nextPart).headers()['upload-offset']).toBe(String(8 * MEGABYTE));
  const video = page.getByRole('listitem').filter({ hasText: '途中で休む動画' });
  await expect(video.getByText('講習に使えます')).toBeVisible({ timeout: 60_000 });
  await expect(unfinished).toHaveCount(0);
}
