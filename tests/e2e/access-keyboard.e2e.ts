import { expect, test } from '@playwright/test';
import { askedOn, hear, tabThrough, tabTo } from './support/hearing.ts';
import { preparePeople, type Prepared } from './support/prepared.ts';
import { PEOPLE } from './support/sign-in.ts';

/**
 * By Tab, Enter, Space and the arrows alone, from the first page to the record; at each step what a screen reader says is compared with what
 * people have read (heard/*.txt), and each stop of the Tab key has a ring with nothing over it.
 */
let people: Prepared;
test.beforeAll(async () => {
  people = await preparePeople('shiga', 1);
});
test.afterAll(() => people.close());

test('a learner who has no mouse gets from the first page to the record @pc', async ({ page, context }) => {
  const press = async (name: RegExp, key: 'Enter' | 'Space' = 'Enter') => {
    await tabTo(page, name);
    await page.keyboard.press(key);
  };

  /** All that was asked on the way. */
  const asked: string[] = [];

  await test.step('signs in with a card', async () => {
    await page.goto('/');
    await hear(page, 'home');
    await page.goto('/');
    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: '本文へ進む' })).toBeFocused();
    await page.keyboard.press('Enter');
    await press(/カードでサインインして始める/);
    await expect(page).toHaveURL(/\/sign-in$/);
    await hear(page, 'sign-in');
    await press(/試験用のカードで試す/);
    await expect(page.getByRole('button', { name: PEOPLE.hanako.name })).toBeEnabled();
    await hear(page, 'sign-in-cards');
    await press(new RegExp(PEOPLE.hanako.name));
    const pin = page.getByLabel('暗証番号(数字4桁)');
    await expect(pin).toBeFocused();
    await hear(page, 'sign-in-pin');
    asked.push(...(await askedOn(page)));
    // Whoever keeps it elsewhere need not remember or retype it (WCAG 2.2, 3.3.8).
    await expect(pin).toHaveAttribute('autocomplete', 'current-password');
    const isPasteAllowed = await pin.evaluate((field) =>
      field.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true })),
    );
    expect(isPasteAllowed).toBe(true);
    await pin.focus();
    await page.keyboard.type(PEOPLE.hanako.pin);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/eligibility$/);
  });

  await test.step('reads, agrees', async () => {
    // Who signed in has a lecture of her own in another journey: from here somebody who has not begun.
    await people.signIn(context, null);
    await page.goto('/eligibility');
    await hear(page, 'eligibility');
    await press(/受講の準備へ進む/);
    await expect(page).toHaveURL(/\/consent$/);
    await hear(page, 'consent');
    asked.push(...(await askedOn(page)));
    await press(/注意事項を読み、同意します/, 'Space');
    await press(/顔写真をとり/, 'Space');
    await press(/同意して講習へ進む/);
    await expect(page).toHaveURL(/\/lecture$/);
    await hear(page, 'lecture-begun');
  });

  await test.step('watches', async () => {
    await press(/講習を始める/);
    await expect(page).toHaveURL(/\/watch$/);
    await expect(page.getByRole('button', { name: '見る' })).toBeEnabled();
    await hear(page, 'watch');
    await press(/button: 見る/);
    await expect(page.getByRole('group', { name: '動画プレーヤー' })).not.toHaveAttribute('inert');
    await press(/button: 止める/, 'Space');
    const paused = () => page.evaluate(() => document.querySelector('video')!.paused);
    await expect.poll(paused).toBe(true);
    await tabThrough(page);
    await press(/button: 再生する/, 'Space');
    await expect.poll(paused).toBe(false);
    await press(/button: \d+秒もどる/);
    await expect(page).toHaveURL(/\/question$/, { timeout: 90_000 });
  });

  await test.step('answers, and sends a photo', async () => {
    await hear(page, 'question');
    asked.push(...(await askedOn(page)));
    await tabTo(page, /input/);
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('radio').nth(1)).toBeChecked();
    await press(/button: 答える/);
    await expect(page.getByRole('heading', { name: '答えと解説' })).toBeVisible();
    await hear(page, 'answer');
    await press(/写真へ進む/);
    await expect(page.getByRole('button', { name: 'カメラを使う' })).toBeEnabled();
    await hear(page, 'photo');
    await press(/カメラを使う/);
    await expect(page.getByRole('button', { name: '写真をとる' })).toBeEnabled();
    await press(/写真をとる/);
    await expect(page.getByRole('button', { name: 'この写真を送る' })).toBeVisible();
    await hear(page, 'photo-taken');
    await press(/この写真を送る/);
    await expect(page).toHaveURL(/\/lecture$/);
  });

  await test.step('answers the survey and has the record', async () => {
    await press(/アンケートに答える/);
    await expect(page).toHaveURL(/\/survey$/);
    await hear(page, 'survey');
    asked.push(...(await askedOn(page)));
    for (const question of await page.getByRole('main').getByRole('group').all()) {
      const name = (await question.locator('legend').innerText()).trim();
      await tabTo(page, /input/);
      await page.keyboard.press('Space');
      await expect(question.getByRole('radio').first(), name).toBeChecked();
    }
    await press(/送って修了する/);
    await expect(page).toHaveURL(/\/record$/);
    await hear(page, 'record');
    // Nothing twice, and nothing that the card or the register knows (WCAG 2.2, 3.3.7).
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.filter((words, index) => asked.indexOf(words) !== index)).toEqual([]);
    expect(asked.filter((words) => /氏名|名前|住所|生年月日|免許証番号|電話|メール/.test(words))).toEqual([]);
  });
});
