import { expect, test, type Page } from '@playwright/test';
import { look } from './support/look.ts';
import { acceptInvitation, inviteCounterOfficer } from './support/officers.ts';
import { PEOPLE, presentCard, signIn, type PersonId } from './support/sign-in.ts';

const PASSWORDS = { aoi: 'AOI131313', kaoru: 'KAORU1616', minoru: 'MINORU1717', sakura: 'SAKURA1515' };
type Signer = keyof typeof PASSWORDS;

async function chooseSigningCard(page: Page, id: Signer): Promise<void> {
  await page.getByRole('button', { name: `${PEOPLE[id].name} さんの署名用カード` }).click();
}
async function signWith(page: Page, id: Signer, password: string = PASSWORDS[id]): Promise<void> {
  await chooseSigningCard(page, id);
  await page.getByLabel('署名用電子証明書のパスワード').fill(password);
  await page.getByRole('button', { name: '署名して連携する' }).click();
}
async function arrive(page: Page, id: PersonId): Promise<void> {
  await presentCard(page, id);
  await expect(page).toHaveURL(/\/sign-in\/link$/);
}
const browserCookie = async (page: Page) =>
  (await page.context().cookies()).find(({ name }) => name.endsWith('koshu-browser'))?.value;

/** A phone in the hand of somebody who is here for the first time; a PC before somebody whose card was issued anew. */
const newcomer = (): 'aoi' | 'kaoru' => (test.info().project.name === 'phone' ? 'aoi' : 'kaoru');

test('the document can be saved and signed elsewhere; a file that is no signature is refused', async ({
  page,
}) => {
  await arrive(page, newcomer());
  await page.getByText('ほかの方法').click();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: '申請書を保存する' }).click();
  expect((await download).suggestedFilename()).toMatch(/^koshu-L\d{8}\.txt$/);
  const file = {
    name: 'a.p7s',
    mimeType: 'application/pkcs7-signature',
    buffer: Buffer.from('no signature'),
  };
  await page.getByLabel(/署名ファイル/).setInputFiles(file);
  await look(page, 'first-link-other-way');
  await page.getByRole('button', { name: '署名ファイルを送る' }).click();
  await expect(page.getByRole('alert')).toContainText('理由コード:');
});

test('a card file for signing in is not taken for signing', async ({ page }) => {
  await arrive(page, newcomer());
  const card = await page.request.get(`/demo/cards/${newcomer()}`);
  const file = { name: 'a.card.json', mimeType: 'application/json', buffer: await card.body() };
  await page.locator('#signing-card').setInputFiles(file);
  await expect(page.getByRole('alert')).toContainText('利用者証明用');
});

test('a card that is not linked yet is linked once, and is then enough', async ({ page }) => {
  const id = newcomer();
  await arrive(page, id);
  await expect(page.getByRole('heading', { name: '初回連携' })).toBeVisible();
  await expect(page.getByText('この手続は一度だけです')).toBeVisible();
  await expect(page.getByText('受付番号 receipt: L')).toBeVisible();
  await look(page, 'first-link');

  // No way around it.
  await page.goto('/eligibility');
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await page.goto('/sign-in/link');

  // A wrong password stays in the browser.
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') sent.push(request.url());
  });
  await signWith(page, id, 'WRONG123');
  await expect(page.getByText('パスワードがちがいます')).toBeVisible();
  await look(page, 'first-link-password');
  expect(sent).toEqual([]);

  // Somebody else's signing card leads nowhere, and to a new document.
  const document = await page.locator('pre').innerText();
  await page.getByRole('button', { name: '別の署名用カードを選ぶ' }).click();
  await signWith(page, 'sakura');
  await expect(page.getByRole('alert')).toContainText('理由コード: first_link_not_in_register');
  await expect(page.getByText('あと4回')).toBeVisible();
  expect(await page.locator('pre').innerText()).not.toBe(document);
  await look(page, 'first-link-refused');

  const before = await browserCookie(page);
  await signWith(page, id);
  await expect(page).toHaveURL(/\/eligibility$/);
  await look(page, 'first-link-done');
  expect(await browserCookie(page)).not.toBe(before);
  await page.goto('/sign-in/link');
  await expect(page).toHaveURL(/\/eligibility$/);

  await page.context().clearCookies();
  await signIn(page, id);
});

test('an officer checks a name that the certificate could not write @pc', async ({ page, browser }) => {
  await arrive(page, 'minoru');
  await signWith(page, 'minoru');
  await expect(page.getByRole('heading', { name: '窓口での確認が必要です' })).toBeVisible();
  await expect(page.getByText('置き換えられた字があります')).toBeVisible();
  await look(page, 'first-link-waiting');
  const number = (await page.getByText(/^L\d{4}-\d{4}$/).innerText()).trim();
  await page.reload();
  await expect(page.getByText(number)).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  await look(page, 'first-link-waiting-narrow');

  const counter = await (await browser.newContext({ locale: 'ja-JP' })).newPage();
  await acceptInvitation(counter, await inviteCounterOfficer('連携 係子', 'kanagawa'), /\/counter$/);
  await counter.getByRole('link', { name: '初回連携' }).click();
  await look(counter, 'counter-links');
  await counter.getByLabel('受付番号').fill('L0000-0001');
  await counter.getByRole('button', { name: '開く' }).click();
  await expect(counter.getByRole('alert')).toBeVisible();
  await counter.getByLabel('受付番号').fill(number);
  await counter.getByRole('button', { name: '開く' }).click();
  await expect(counter.getByText('髙崎 実')).toBeVisible();
  await look(counter, 'counter-link');
  await counter.getByLabel(/同じ人であることを確かめました/).check();
  await counter.getByRole('button', { name: '本人と確認して連携する' }).click();
  await expect(counter.getByText('本人は、同じカードでサインインできます')).toBeVisible();
  await look(counter, 'counter-link-done');

  await page.reload();
  await expect(page.getByText('連携が終わりました')).toBeVisible();
  await look(page, 'first-link-linked');
  await signIn(page, 'minoru');
});
