import { expect, test, type Page } from '@playwright/test';
import { look, lookInTheme, lookNarrow, lookWithoutPicture } from './support/look.ts';
import { preparePeople, type Prepared } from './support/prepared.ts';
import { TYPED_BIRTH } from './support/typed-birth.ts';

/**
 * States of the learner's pages that no journey comes to, each looked at as it is, in the dark, in forced colours and on the smallest
 * phone. People are prepared where they stand, which takes no time.
 */

let people: Prepared;
test.beforeAll(async () => {
  people = await preparePeople('fukui');
});
test.afterAll(() => people.close());

/** Help is in the same place and the same order on each page (WCAG 2.2, 3.2.6). */
async function findHelp(page: Page): Promise<void> {
  const links = page.getByRole('contentinfo').getByRole('link');
  await expect.soft(links.nth(0)).toHaveText('お問い合わせ');
  await expect.soft(links.nth(1)).toHaveText('アクセシビリティ');
}

async function lookInAll(page: Page, name: string): Promise<void> {
  await findHelp(page);
  await look(page, name);
  await lookInTheme(page, `${name} forced colours`, { forcedColors: 'active' });
}

test('whoever has not signed in @phone', async ({ page }) => {
  for (const [name, address] of [
    ['home', '/'],
    ['check', '/check'],
    ['check-device', '/check/device'],
    ['how', '/how'],
    ['contact', '/contact'],
    ['accessibility', '/accessibility'],
    ['not-found', '/nowhere'],
    ['sign-in-again', '/sign-in?next=%2Frecord'],
    ['signed-out', '/sign-out'],
  ] as const) {
    await page.goto(address);
    await lookInAll(page, name);
    await lookNarrow(page, name);
  }
  await page.goto('/check');
  const birth = page.getByRole('group', { name: /^生年月日/ });
  await birth.getByLabel('年の数え方').selectOption(TYPED_BIRTH.count);
  await birth.getByLabel('年', { exact: true }).fill(TYPED_BIRTH.year);
  await birth.getByLabel('月').fill(TYPED_BIRTH.month);
  await birth.getByLabel('日').fill(TYPED_BIRTH.day);
  await page.getByLabel('優良運転者講習').check();
  await page.getByLabel('マイナ免許証のみ').check();
  await page.getByRole('radio', { name: /^終わった/ }).check();
  await page.getByRole('button', { name: '確かめる' }).click();
  await expect(page.getByRole('heading', { name: '答えを変えて、もう一度確かめる' })).toBeVisible();
  await lookInAll(page, 'check-answer');
  // Where no page of ours can be made: the server's last words.
  await page.goto('/media/00000000-0000-4000-8000-000000000000/nothing.m4s');
  await expect(page.getByRole('link', { name: 'お問い合わせ先' })).toHaveAttribute('href', '/contact');
  await lookWithoutPicture(page, 'last-words');
});

test('a learner before the lecture @phone', async ({ page, context }) => {
  await people.signIn(context, null);
  await page.goto('/eligibility');
  await lookInAll(page, 'eligibility-fresh');
  await lookNarrow(page, 'eligibility-fresh');
  await page.goto('/record');
  await lookInAll(page, 'record-none');
  await page.goto('/admin');
  await expect(page.getByRole('alert')).toContainText('理由コード: not_allowed');
  await expect(page.getByRole('alert').getByRole('link', { name: /^000-/ })).toHaveAttribute(
    'href',
    /^tel:000/,
  );
  await lookInAll(page, 'not-allowed');
  await page.goto('/consent');
  await page
    .getByRole('checkbox')
    .first()
    .evaluate((box: HTMLInputElement) => box.form!.setAttribute('novalidate', ''));
  await page.getByRole('button', { name: '同意して講習へ進む' }).click();
  await expect(page.getByRole('alert')).toContainText('いま、すること');
  await lookInAll(page, 'consent-refused');
  await lookNarrow(page, 'consent-refused');
  await page.getByRole('button', { name: 'ふりがなを付ける' }).click();
  await expect(page).toHaveURL(/\/consent$/);
  await expect(page.locator('main rt', { hasText: 'じゅこう' }).first()).toBeVisible();
  await look(page, 'consent-readings');
});

test('a learner in mid-lecture @phone', async ({ page, context }) => {
  await people.signIn(context, 1);
  await page.goto('/lecture');
  await lookInAll(page, 'lecture-middle');
  await lookNarrow(page, 'lecture-middle');
  await page.getByRole('link', { name: 'つづきから見る' }).click();
  await expect(page.getByRole('button', { name: '見る' })).toBeEnabled();
  await lookInAll(page, 'watch-chapter');
  await lookNarrow(page, 'watch-chapter');
});

test('a learner at the question and the camera @phone', async ({ browser }) => {
  const context = await browser.newContext({ locale: 'ja-JP' });
  const page = await context.newPage();
  // Chromium's own device is always there and always allowed: this one is as a phone whose owner has said no.
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'));
  });
  await people.putBeyond(await people.signIn(context, 1), 'video', 2);
  await page.goto('/lecture');
  await page.getByRole('link', { name: '確認問題へ進む' }).click();
  const choice = page.getByRole('radio').first();
  await choice.evaluate((radio: HTMLInputElement) => (radio.value = '00000000-0000-4000-8000-000000000000'));
  await choice.check();
  await page.getByRole('button', { name: '答える' }).click();
  await expect(page.getByRole('alert')).toContainText('理由コード: choice_unknown');
  await lookInAll(page, 'question-refused');
  await page.reload();
  await page.getByRole('radio').first().check();
  await page.getByRole('button', { name: '答える' }).click();
  await page.getByRole('link', { name: '写真へ進む' }).click();
  await page.getByRole('button', { name: 'カメラを使う' }).click();
  await expect(page.getByText('見た動画と答えの記録は残っています')).toBeVisible();
  await lookInAll(page, 'photo-no-camera');
  await lookNarrow(page, 'photo-no-camera');
  await context.addCookies([{ name: 'koshu-ruby', value: 'on', url: page.url() }]);
  await page.reload();
  await expect(page.locator('main rt', { hasText: 'しゃしん' }).first()).toBeVisible();
  await look(page, 'photo-readings');
  await context.close();
});

test('a learner at the survey, whose viewing has to be looked into @phone', async ({ page, context }) => {
  await people.putBeyond(await people.signIn(context, 2), 'photo', 3);
  await page.goto('/survey');
  await lookInAll(page, 'survey-empty');
  await lookNarrow(page, 'survey-empty');
  for (const question of await page.getByRole('main').getByRole('group').all())
    await question.getByRole('radio').first().check();
  await page.getByRole('button', { name: '送って修了する' }).click();
  await expect(page.getByRole('alert')).toContainText('理由コード: ledger_disagrees');
  await expect(page.getByRole('alert')).toContainText('失われていません');
  await lookInAll(page, 'survey-refused');
});

test('a learner who has finished @phone', async ({ page, context }) => {
  await people.signIn(context, 3);
  for (const [name, address] of [
    ['record-issued', '/record'],
    ['record-looks', '/record/looks'],
    ['lecture-finished', '/lecture'],
    ['contact-own', '/contact'],
    ['home-signed-in', '/'],
  ] as const) {
    await page.goto(address);
    await lookInAll(page, name);
    await lookNarrow(page, name);
  }
  await page.goto('/record');
  await page.emulateMedia({ media: 'print' });
  await lookWithoutPicture(page, 'record-issued on paper');
});
