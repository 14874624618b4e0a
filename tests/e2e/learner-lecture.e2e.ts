import { expect, test } from '@playwright/test';
import { agree, answerAndTakePhoto, answerSurvey, watchChapter } from './support/lecture.ts';
import { look } from './support/look.ts';
import { signIn } from './support/sign-in.ts';

// Each size has its own person: there is one attendance a renewal period.
test('a learner takes the whole lecture in real time and gets a completion record', async ({ page }, info) => {
  await signIn(page, info.project.name === 'phone' ? 'hanako' : 'akiko');
  await expect(page.getByText('優良運転者講習').first()).toBeVisible();
  await look(page, 'eligibility');
  await page.goto('/consent');
  await look(page, 'consent');
  await agree(page);
  for (const chapter of [1, 2, 3]) {
    await page.getByRole('link', { name: chapter === 1 ? '講習を始める' : 'つづきから見る' }).click();
    await expect(page.getByText(`第${chapter}章(全3章)`)).toBeVisible();
    if (chapter === 1) await look(page, 'watch-before');
    await watchChapter(page, () => (chapter === 1 ? look(page, 'watch') : Promise.resolve()));
    await answerAndTakePhoto(page, (name) => (chapter === 1 ? look(page, name) : Promise.resolve()));
    if (chapter === 1) await look(page, 'lecture');
  }
  await page.getByRole('link', { name: 'アンケートに答える' }).click();
  await look(page, 'survey');
  await answerSurvey(page);
  await expect(page.getByText(/K\d{2}-\d{4}-\d{4}-[0-9A-Z*]/)).toBeVisible();
  await look(page, 'record');
});
