import { expect, test } from '@playwright/test';
import { signInOfficer } from './support/counter.ts';
import { look, seenAtOnce } from './support/look.ts';
import { preparePeople } from './support/prepared.ts';

test('the most that can stand beside a record is seen at once @pc', async ({ page, browser }) => {
  const people = await preparePeople('tottori', 6, 'general');
  const { app } = people;
  const others = await browser.newContext();
  const { driverId } = await people.signIn(others, 6);
  await others.close();
  await app.db
    .updateTable('driver')
    .set({
      name: 'フェルナンデス デ ラ クルス マリア アレハンドラ',
      ...{ lectureClass: 'excellent', suspendedUntil: '2099-12-31', notInWholeSince: app.clock.now() },
    })
    .where('id', '=', driverId)
    .execute();
  const { recordNumber } = await app.db
    .selectFrom('completionRecord')
    .where('driverId', '=', driverId)
    .select('recordNumber')
    .executeTakeFirstOrThrow();
  await signInOfficer(people, page.context(), { name: '監督 花代', isSupervisor: true });
  await page.goto(`/counter/records/${recordNumber}`);
  await page.getByRole('radio', { name: '経由地更新' }).check();
  await page.keyboard.press('Enter');
  await expect(page.getByText('受けた講習は一般(60分)、いまの区分は優良です')).toBeVisible();
  await seenAtOnce(page, 'counter-three-cautions');
  // One that was altered besides can only be rejected, and for no reason without words.
  const signWith = (signingKeyId: string) =>
    app.db
      .updateTable('completionRecord')
      .set({ signingKeyId })
      .where('recordNumber', '=', recordNumber)
      .execute();
  await signWith('another');
  await page.reload();
  await expect(page.getByText('記録の内容が、署名と一致しません')).toBeVisible();
  await expect(page.getByRole('button', { name: '判断を記録する' })).toHaveCount(0);
  await look(page, 'counter-altered');
  await seenAtOnce(page, 'counter-altered');
  const rejecting = page.locator('form[action="?/reject"]');
  await rejecting.getByLabel('その他', { exact: true }).check();
  await rejecting.getByRole('button', { name: '不受理にする' }).click();
  await expect(rejecting.getByLabel('くわしい理由')).toBeFocused();
  await expect(page.getByRole('alert').filter({ hasText: 'reason_required' })).toBeVisible();
  await signWith(app.recordSigner.keyId);
  await page.reload();
  await page.getByLabel('わからない(監督者が判断します)').check();
  await page.getByRole('button', { name: '判断を記録する' }).click();
  // Whoever works by keys goes on at what comes next.
  await expect(page.getByRole('heading', { name: '監督者としての判断' })).toBeFocused();
  await seenAtOnce(page, 'counter-supervisor');
  await page.getByLabel('同じ人である', { exact: true }).check();
  await page.getByRole('button', { name: '判断を記録する' }).click();
  const note = page.locator('form[action="?/decide"] textarea');
  await expect(note).toBeFocused();
  await expect(note).toHaveAttribute('aria-invalid', 'true');
  await note.fill('写真と本人を並べて確かめました');
  await expect(note).not.toHaveAttribute('aria-invalid');
  await page.getByRole('button', { name: '判断を記録する' }).click();
  await expect(page.getByText('受理されています')).toBeVisible();
  await people.close();
});
