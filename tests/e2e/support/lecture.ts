import { expect, type Page } from '@playwright/test';

const CHAPTER_TIMEOUT_MS = 90_000;

/** From the eligibility page through consent to the lecture's overview. */
export async function agree(page: Page): Promise<void> {
  await page.goto('/consent');
  await page.getByLabel('注意事項を読み、同意します').check();
  await page.getByLabel('顔写真をとり、窓口で確認に使うことに同意します').check();
  await page.getByRole('button', { name: '同意して講習へ進む' }).click();
  await expect(page).toHaveURL(/\/lecture$/);
}

/** Presses play, answers when asked whether somebody is watching, and stays until the chapter's question comes by itself; `meanwhile` happens once it plays. */
export async function watchChapter(
  page: Page,
  meanwhile: () => Promise<void> = async () => undefined,
): Promise<void> {
  const here = page.getByRole('button', { name: '見ています' });
  await page.addLocatorHandler(here, () => here.click());
  await page.getByRole('button', { name: /見る/ }).click();
  await expect(page.getByText(/残り 0分[12]\d秒/)).toBeVisible({ timeout: 60_000 });
  await meanwhile();
  await expect(page).toHaveURL(/\/question$/, { timeout: CHAPTER_TIMEOUT_MS });
  await page.removeLocatorHandler(here);
}

/** Answers with the first choice and sends a photo; `onStep` is told each step's name as it is shown. */
export async function answerAndTakePhoto(
  page: Page,
  onStep: (name: string) => Promise<void> = async () => undefined,
): Promise<void> {
  await onStep('question');
  await page.getByRole('radio').first().check();
  await page.getByRole('button', { name: '答える' }).click();
  await expect(page.getByRole('heading', { name: '答えと解説' })).toBeVisible();
  await onStep('answer');
  await page.getByRole('link', { name: '写真へ進む' }).click();
  await expect(page.getByRole('button', { name: 'カメラを使う' })).toBeEnabled();
  await onStep('photo');
  await page.getByRole('button', { name: 'カメラを使う' }).click();
  await page.getByRole('button', { name: '写真をとる' }).click();
  await expect(page.getByRole('button', { name: 'この写真を送る' })).toBeVisible();
  await onStep('photo-taken');
  await page.getByRole('button', { name: 'この写真を送る' }).click();
  await expect(page).toHaveURL(/\/lecture$/);
}

export async function answerSurvey(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: '送って修了する' })).toBeVisible();
  for (const question of await page.getByRole('main').getByRole('group').all())
    await question.getByRole('radio').first().check();
  await page.getByRole('button', { name: '送って修了する' }).click();
  await expect(page).toHaveURL(/\/record$/);
}
