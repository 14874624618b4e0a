import { expect, test } from '@playwright/test';
import { look } from './support/look.ts';
import { acceptInvitation, inviteAdministrator } from './support/officers.ts';

// Nobody else works for this commission in these tests; one administrator for each kind of screen.
const COMMISSION = 'hokkaido';
const OFFICE = '北海道警察 札幌運転免許試験場';
const CAST = {
  phone: { administrator: '石川 恵', officer: '西田 誠' },
  pc: { administrator: '阿部 直樹', officer: '工藤 さおり' },
} as const;

test('an administrator invites an officer, shuts him out at once, and lets him in again', async ({
  page,
  browser,
}, info) => {
  const { administrator, officer } = CAST[info.project.name as keyof typeof CAST];
  await acceptInvitation(page, await inviteAdministrator(administrator, COMMISSION), /\/admin$/);
  const office = await browser.newContext();
  const desk = await office.newPage();

  await test.step('the list says who there is', async () => {
    await page.getByRole('link', { name: '職員', exact: true }).click();
    await expect(page.getByRole('heading', { name: `${administrator}(あなた)` })).toBeVisible();
  });

  await test.step('an officer without an office is refused, and what was typed stays', async () => {
    await page.getByRole('link', { name: '職員を招待する' }).click();
    await page.getByLabel('氏名').fill(officer);
    await page.getByLabel('窓口職員').check();
    await page.getByRole('button', { name: '招待リンクを作る' }).click();
    await expect(page.getByRole('alert')).toContainText('office_required');
    await expect(page.getByLabel('氏名')).toHaveValue(officer);
    await look(page, 'officers-new-refused');
  });

  await test.step('the link is shown once, and the officer comes in by it', async () => {
    await page.getByRole('combobox', { name: '所属' }).selectOption(OFFICE);
    await page.getByRole('button', { name: '招待リンクを作る' }).click();
    const link = page.getByRole('textbox', { name: '招待リンク' });
    await expect(link).toHaveValue(/\/invitation\/[\w-]{43}$/);
    await look(page, 'officers-link');
    await acceptInvitation(desk, await link.inputValue(), /\/counter$/);
    await page.getByRole('link', { name: '職員の一覧へ戻る' }).click();
    await expect(page.getByRole('listitem').filter({ hasText: officer })).toContainText('利用中');
    await look(page, 'officers');
  });

  await test.step('the same officer is not made a second time', async () => {
    await page.getByRole('link', { name: '職員を招待する' }).click();
    await page.getByLabel('氏名').fill(officer);
    await page.getByLabel('窓口職員').check();
    await page.getByRole('combobox', { name: '所属' }).selectOption(OFFICE);
    await page.getByRole('button', { name: '招待リンクを作る' }).click();
    await expect(page.getByRole('alert')).toContainText('officer_exists');
    await page.goto('/admin/officers');
  });

  await test.step('disabled: the next request is refused, and the passkey too', async () => {
    await page.getByRole('link', { name: officer }).click();
    await page.getByText('利用を停止する', { exact: true }).first().click();
    await look(page, 'officers-one');
    await page.getByLabel(`${officer}さんの利用を停止することを確かめました`).check();
    await page.getByRole('button', { name: '利用を停止する' }).click();
    await expect(page.getByText('利用を停止しました')).toBeVisible();
    await desk.goto('/counter');
    await expect(desk).toHaveURL(/\/officer\/sign-in\?next=/);
    await desk.getByRole('button', { name: 'パスキーでサインインする' }).click();
    await expect(desk.getByRole('alert')).toContainText('officer_disabled');
    await look(page, 'officers-disabled');
  });

  await test.step('enabled again: the passkey works; without it a new link is needed', async () => {
    await page.getByRole('button', { name: '利用を再開する' }).click();
    await expect(page.getByText('利用を再開しました')).toBeVisible();
    await desk.getByRole('button', { name: 'パスキーでサインインする' }).click();
    await expect(desk).toHaveURL(/\/counter$/);
    await page.getByText('パスキーを消す', { exact: true }).click();
    await page.getByLabel(/すべてのパスキー.*を消すことを確かめました/).check();
    await page.getByRole('button', { name: 'すべてのパスキーを消す' }).click();
    await expect(page.getByText('1 個のパスキーを消しました')).toBeVisible();
    await desk.goto('/counter');
    await expect(desk).toHaveURL(/\/officer\/sign-in/);
    await page.getByRole('button', { name: '新しい招待リンクを作る' }).click();
    await expect(page.getByRole('textbox', { name: '招待リンク' })).toBeVisible();
  });

  await test.step('how learners are asked whether they are watching is set, and stays', async () => {
    await page.goto('/admin/presence');
    await page.getByRole('combobox', { name: '1つの章でたずねる回数' }).selectOption('2回');
    await page.getByRole('spinbutton').fill('75');
    await page.getByRole('button', { name: '設定を保存する' }).click();
    await expect(page.getByText('設定を保存しました')).toBeVisible();
    await page.reload();
    await expect(page.getByRole('combobox', { name: '1つの章でたずねる回数' })).toHaveValue('2');
    await expect(page.getByRole('spinbutton')).toHaveValue('75');
    await look(page, 'admin-presence');
  });
  await test.step('who has chosen a language of learners comes from its pages to his own whole, in one of theirs', async () => {
    const { origin } = new URL(page.url());
    await page.context().addCookies([{ name: 'koshu-locale', value: 'pt', url: origin }]);
    await page.goto('/sessions');
    await expect(page.locator('html')).toHaveAttribute('lang', 'pt');
    await page.locator('header a[href="/admin/officers"]').click();
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Officers');
    await page.locator('header a[href="/sessions"]').click();
    await expect(page.locator('html')).toHaveAttribute('lang', 'pt');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Aparelhos conectados');
  });
  await office.close();
});
