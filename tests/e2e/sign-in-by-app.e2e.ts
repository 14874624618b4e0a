import { expect, test, type Page } from '@playwright/test';
import { look } from './support/look.ts';
import { PEOPLE, type PersonId } from './support/sign-in.ts';

/** From Koshu's sign-in page to the pages of the authentication app. */
async function goToApp(page: Page): Promise<void> {
  await page.goto('/sign-in');
  await page.getByRole('link', { name: 'スマートフォンで本人確認する' }).click();
  await expect(page.getByRole('heading', { name: 'カードを選ぶ Choose a card' })).toBeVisible();
}

async function presentAtApp(page: Page, id: PersonId, pin: string = PEOPLE[id].pin): Promise<void> {
  await page.getByRole('link', { name: PEOPLE[id].name }).click();
  await typePin(page, pin);
}

async function typePin(page: Page, pin: string): Promise<void> {
  await page.getByLabel('利用者証明用電子証明書の暗証番号(数字4桁)').fill(pin);
  await page.getByRole('button', { name: '認証する' }).click();
}

/** Nothing of the way back may stay where the next person at this device finds it. */
async function expectNoCodeLeft(page: Page): Promise<void> {
  expect(page.url()).not.toContain('code=');
  const history = await page.evaluate(() =>
    performance.getEntriesByType('navigation').map(({ name }) => name),
  );
  expect(history.join()).not.toContain('code=');
  expect(await page.evaluate(() => document.referrer)).not.toContain('code=');
}

test('Hanako signs in by the app with her PIN', async ({ page }) => {
  await goToApp(page);
  await look(page, 'app-choose-card');
  await page.getByRole('link', { name: PEOPLE.hanako.name }).click();
  await look(page, 'app-pin');
  await typePin(page, PEOPLE.hanako.pin);
  await expect(page).toHaveURL(/\/eligibility$/);
  await expectNoCodeLeft(page);
});

test('three wrong PINs lock the card, and say so before', async ({ page }, { project }) => {
  const id = project.name === 'phone' ? 'naoko' : 'yumi';
  await goToApp(page);
  await presentAtApp(page, id, '0000');
  await expect(page.getByRole('alert')).toContainText('あと2回');
  await look(page, 'app-wrong-pin');
  await typePin(page, '0000');
  await expect(page.getByRole('alert')).toContainText('あと1回');
  await typePin(page, '0000');
  await expect(page.getByRole('heading', { name: 'このカードは使えません' })).toBeVisible();
  await look(page, 'app-locked');
  await page.getByRole('link', { name: '別のカードを選ぶ' }).click();
  await page.getByRole('link', { name: PEOPLE[id].name }).click();
  await expect(page.getByRole('heading', { name: 'このカードは使えません' })).toBeVisible();
});

test('a revoked card is refused by the app', async ({ page }) => {
  await goToApp(page);
  await presentAtApp(page, 'megumi');
  await expect(page.getByRole('alert')).toContainText('失効しています');
});

test('whoever leaves the app is told that nothing happened, and may begin again', async ({ page }) => {
  await goToApp(page);
  await page.getByRole('button', { name: 'やめて、もとのサービスにもどる' }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  await expect(page.getByText('デジタル認証アプリでの本人確認が、途中で終わりました')).toBeVisible();
  await look(page, 'app-cancelled');
  await page.reload();
  await expect(page.getByText('途中で終わりました')).toBeHidden();
  await goToApp(page);
  await presentAtApp(page, 'akiko');
  await expect(page).toHaveURL(/\/eligibility$/);
});

test('whoever has not linked the app comes to the first link', async ({ page }) => {
  await goToApp(page);
  await presentAtApp(page, 'ichiro');
  await expect(page).toHaveURL(/\/sign-in\/link$/);
});

test('somebody with a copied answer does not get in', async ({ page, browser, baseURL }) => {
  const callback = page.waitForRequest(/\/sign-in\/app\/callback\?/);
  await goToApp(page);
  await presentAtApp(page, 'hanako');
  const copied = (await callback).url();
  await expect(page).toHaveURL(/\/eligibility$/);
  const thief = await browser.newPage({ ...(baseURL !== undefined && { baseURL }) });
  await thief.goto(copied);
  await expect(thief).toHaveURL(/\/sign-in$/);
  await expect(thief.getByText('もう使われています')).toBeVisible();
  await thief.goto('/eligibility');
  await expect(thief).toHaveURL(/\/sign-in/);
  await thief.close();
});

test('Aoi, who is here for the first time, signs the document in the app and is let in @phone', async ({
  page,
}) => {
  await goToApp(page);
  await presentAtApp(page, 'aoi');
  await expect(page).toHaveURL(/\/sign-in\/link$/);
  await look(page, 'app-first-link');
  await page.getByRole('link', { name: 'アプリで署名して連携する' }).click();
  await page.getByRole('button', { name: 'やめて、もとのサービスにもどる' }).click();
  await expect(page).toHaveURL(/\/sign-in\/link$/);
  await expect(page.getByText('途中で終わりました')).toBeVisible();
  await page.getByRole('link', { name: 'アプリで署名して連携する' }).click();
  await page.getByRole('link', { name: PEOPLE.aoi.name }).click();
  await look(page, 'app-sign');
  await page.getByLabel('署名用電子証明書のパスワード').fill('aoi131313');
  await page.getByRole('button', { name: '署名する' }).click();
  await expect(page).toHaveURL(/\/eligibility$/);
  await expectNoCodeLeft(page);
  await page.context().clearCookies();
  await goToApp(page);
  await presentAtApp(page, 'aoi');
  await expect(page).toHaveURL(/\/eligibility$/);
});

test('Akiko’s computer without a reader is signed in by her phone, which asks for the number and is signed in no more @pc', async ({
  page,
  browser,
}) => {
  await page.goto('/sign-in?next=%2Frecord');
  await page.getByRole('button', { name: 'QRコードを出す' }).click();
  await expect(page.getByRole('img', { name: 'スマートフォンで読み取るQRコード' })).toBeVisible();
  await look(page, 'hand-over-qr');
  const cookies = await page.context().cookies();
  const key = cookies.find(({ name }) => name.endsWith('koshu-hand-over'))?.value ?? '';
  const number = await page.getByText(/^\d{2}$/).innerText();

  const inHand = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  const phone = await inHand.newPage();
  await phone.goto(`/sign-in/phone/for?request=${key}`);
  await look(phone, 'hand-over-for');
  await phone.getByRole('button', { name: '目の前の機器です' }).click();
  await phone.getByRole('link', { name: 'スマートフォンで本人確認する' }).click();
  await presentAtApp(phone, 'akiko');
  await look(phone, 'hand-over-choose');
  await phone.getByRole('button', { name: number, exact: true }).click();
  await expect(phone.getByRole('heading', { name: 'もとの機器にもどってください' })).toBeVisible();

  await expect(page.getByText('高橋 昭○ さん')).toBeVisible();
  await look(page, 'hand-over-confirm');
  await page.getByRole('button', { name: 'この名前でサインインする' }).click();
  await expect(page).toHaveURL(/\/record$/);
  await phone.goto('/record');
  await expect(phone).toHaveURL(/\/sign-in/);
  await inHand.close();
});
