import { expect, test } from '@playwright/test';
import { look } from './support/look.ts';
import { presentCard, signIn, type PersonId } from './support/sign-in.ts';

/** The same page with other words: one size of screen for each. */
const sizeOf = (index: number) => (index % 2 === 0 ? '@phone' : '@pc');

test.describe('a card that may not come in', () => {
  const REFUSED: [PersonId, string, RegExp][] = [
    ['megumi', 'certificate_revoked', /失効しています/],
    ['manabu', 'certificate_expired', /有効期限が切れています/],
    ['shinobu', 'certificate_untrusted', /確認できる発行者/],
    ['sakura', 'certificate_wrong_purpose', /署名用の電子証明書/],
  ];
  for (const [index, [id, code, words]] of REFUSED.entries()) {
    test(`is told why: ${code} ${sizeOf(index)}`, async ({ page }) => {
      await presentCard(page, id);
      await expect(page.getByRole('alert')).toContainText(words);
      await expect(page.getByRole('alert')).toContainText(`理由コード: ${code}`);
      await look(page, `sign-in-${id}`);
      await page.goto('/eligibility');
      await expect(page).toHaveURL(/\/sign-in\?next=/);
    });
  }

  test('with a wrong PIN sends neither the PIN nor an answer, and the right one then works @phone', async ({
    page,
  }) => {
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST')
        sent.push(`${new URL(request.url()).pathname} ${request.postData() ?? ''}`);
    });
    await presentCard(page, 'hanako', '0000');
    await expect(page.getByText('暗証番号がちがいます')).toBeVisible();
    expect(sent.filter((request) => !request.startsWith('/api/trpc/signIn.openCardChallenge'))).toEqual([]);
    expect(sent.join()).not.toContain('0000');
    await page.getByLabel('暗証番号(数字4桁)').fill('1101');
    await page.getByRole('button', { name: 'サインインする' }).click();
    await expect(page).toHaveURL(/\/eligibility$/);
  });

  test('that is no card file is told so @pc', async ({ page }) => {
    await page.goto('/sign-in/card-file');
    const file = { name: 'holiday.json', mimeType: 'application/json', buffer: Buffer.from('{"a": 1}') };
    await page.locator('input[type=file]').setInputFiles(file);
    await expect(page.getByText('カードファイルではありません')).toBeVisible();
  });
});

test.describe('a person who may not take the lecture', () => {
  const FAILING: [PersonId, RegExp][] = [
    ['kenta', /違反/],
    ['masao', /高齢者講習/],
    ['yumi', /マイナ免許証/],
    ['shota', /初回連携/],
    ['naoko', /更新期間/],
  ];
  for (const [index, [id, words]] of FAILING.entries()) {
    test(`sees which condition fails and cannot get past it: ${id} ${sizeOf(index)}`, async ({ page }) => {
      await signIn(page, id);
      await expect(page.getByText(words).first()).toBeVisible();
      await look(page, `eligibility-${id}`);
      await expect(page.getByRole('link', { name: '受講の準備へ進む' })).toHaveCount(0);
      await page.goto('/consent');
      await expect(page).toHaveURL(/\/eligibility$/);
      await page.goto('/lecture');
      await expect(page).toHaveURL(/\/eligibility$/);
    });
  }

  test('is told when no lecture is published for his commission @phone', async ({ page }) => {
    await signIn(page, 'makoto');
    await page.goto('/consent');
    await expect(page.getByText('まだ公開されていません')).toBeVisible();
  });
});
