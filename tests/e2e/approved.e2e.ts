import { expect, test } from '@playwright/test';
import { keepFonts, looksAsApproved } from './support/approving.ts';
import { acceptInvitation, inviteCounterOfficer } from './support/officers.ts';
import { preparePeople, type Prepared } from './support/prepared.ts';

/** The main pages look as a person has approved them (approved/): nothing has moved that nobody wanted to move. */
const FREE = { phone: 'nara', pc: 'mie' } as const;

let people: Prepared;
test.beforeAll(async () => {
  people = await preparePeople(FREE[test.info().project.name as keyof typeof FREE], 3);
});
test.afterAll(() => people.close());
test.beforeEach(({ page }) => keepFonts(page));

test('the pages of whoever has not signed in look as approved', async ({ page }, info) => {
  for (const [name, address] of [
    ['home', '/'],
    ['check', '/check'],
    ['how', '/how'],
    ['sign-in', '/sign-in'],
    ['not-found', '/nowhere'],
  ] as const) {
    await page.goto(address);
    await looksAsApproved(page, name);
  }
  if (info.project.name !== 'pc') return;
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'QRコードを出す' }).click();
  await expect(page).toHaveURL(/\/sign-in\/phone$/);
  await looksAsApproved(page, 'sign-in-phone');
});

test('the pages of a learner look as approved', async ({ page, context }) => {
  await people.signIn(context, null);
  await page.goto('/eligibility');
  await looksAsApproved(page, 'eligibility');
  const learner = await people.signIn(context, 1);
  await page.goto('/lecture');
  await looksAsApproved(page, 'lecture');
  await page.getByRole('link', { name: 'つづきから見る' }).click();
  await expect(page.getByRole('button', { name: '見る' })).toBeEnabled();
  await looksAsApproved(page, 'watch');
  await people.putBeyond(learner, 'video', 2);
  await page.goto('/lecture');
  await page.getByRole('link', { name: '確認問題へ進む' }).click();
  await expect(page.getByRole('radio').first()).toBeVisible();
  await looksAsApproved(page, 'question');
  await people.signIn(context, 3);
  await page.goto('/record');
  await looksAsApproved(page, 'record');
});

test('the counter before anything is asked looks as approved', async ({ page }) => {
  await acceptInvitation(page, await inviteCounterOfficer('写真 係子', 'kanagawa'), /\/counter$/);
  await looksAsApproved(page, 'counter');
});
