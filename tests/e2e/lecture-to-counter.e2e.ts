import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { callProcedure } from './support/call-procedure.ts';
import { agree, answerAndTakePhoto, answerSurvey, watchChapter } from './support/lecture.ts';
import { look, seenAtOnce } from './support/look.ts';
import { acceptInvitation, inviteAdministrator, registerPasskey } from './support/officers.ts';
import { signIn } from './support/sign-in.ts';

// The officer checks the record that the learner has just got.
test.describe.configure({ mode: 'serial' });

// Each size has its own people: there is one attendance a renewal period, and an invitation is good for one passkey.
const CAST = {
  phone: { learner: 'hanako', name: '山田 花子', officer: 'counter-kanagawa' },
  pc: { learner: 'akiko', name: '高橋 昭子', officer: 'counter-tokyo' },
} as const;
const castOf = (project: string) => CAST[project as keyof typeof CAST];

/** Four seconds that a script says were played, and that do not go on from what was counted. */
async function skipAhead(page: Page): Promise<void> {
  const address = await page.getByRole('link', { name: 'つづきから見る' }).getAttribute('href');
  const chapterId = /lecture\/([0-9a-f-]+)\//.exec(address ?? '')?.[1];
  const { viewingId } = await callProcedure<{ viewingId: string }>(page, 'viewing.open', { chapterId });
  const beat = { viewingId, sequence: 1, fromMs: 5_000, toMs: 9_000, state: 'playing', keyCount: 0 };
  await callProcedure(page, 'viewing.report', beat);
  await page.reload();
}
const SKIPPED = 'つづきからの再生ではなかったため';

let recordNumber = '';

test('a learner takes the whole lecture in real time and gets a completion record', async ({
  page,
}, info) => {
  await signIn(page, castOf(info.project.name).learner);
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
    if (chapter !== 1) continue;
    await skipAhead(page);
    await expect(page.getByText(`第2章 0分4秒(${SKIPPED})`)).toBeVisible();
    await look(page, 'lecture');
  }
  await page.getByRole('link', { name: 'アンケートに答える' }).click();
  await expect(page).toHaveURL(/\/survey$/);
  await look(page, 'survey');
  await answerSurvey(page);
  const shown = page.getByText(/K\d{2}-\d{4}-\d{4}-[0-9A-Z*]/).first();
  await expect(shown).toBeVisible();
  recordNumber = (await shown.innerText()).trim();
  await expect(page.getByRole('img', { name: '修了記録のQRコード' })).toBeVisible();
  const calendar = await page.request.get('/record/calendar.ics');
  expect(await calendar.text()).toMatch(/DTSTART;VALUE=DATE:\d{8}/);
  const paper = await page.pdf({ format: 'A4' });
  expect(paper.toString('latin1').match(/\/Type\s*\/Page\b/g), 'one sheet of A4').toHaveLength(1);
  await look(page, 'record');
});

test('a counter officer checks that record, records the test and the issue, and it cannot be used again', async ({
  page,
  browser,
}, info) => {
  const { name, officer } = castOf(info.project.name);
  await registerPasskey(page, officer);
  await look(page, 'counter');

  await page.getByRole('textbox').fill('K26-0000-0000-0');
  await page.getByRole('button', { name: '探す' }).click();
  await expect(page.getByRole('alert')).toContainText('record_check_digit');

  // By keyboard alone: each number takes the place of the one before, whatever the answer was.
  await page.keyboard.type('999999999999\n');
  await expect(page.getByText('登録情報にまだ届いていません')).toBeVisible();
  await expect
    .poll(() => page.evaluate(() => String(getSelection())), { intervals: [50] })
    .toBe('999999999999');
  // As somebody types it who reads it from a screen: small letters, no hyphens.
  await page.keyboard.type(`${recordNumber.toLowerCase().replaceAll('-', ' ')}\n`);
  if (officer === 'counter-tokyo') {
    // Her home commission is another one: he says why he looks, by keyboard alone.
    await expect(page.getByRole('radio', { name: '経由地更新' })).toBeFocused();
    await look(page, 'counter-look-reason');
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
  }
  await expect(page.getByText('オンライン講習修了').first()).toBeVisible();
  await expect(page.getByText(name).first()).toBeVisible();
  if (test.info().project.name === 'pc') {
    // All that speaks for or against the record, and the decision, without scrolling.
    await expect.soft(page.getByRole('button', { name: '判断を記録する' })).toBeInViewport({ ratio: 1 });
    await expect.soft(page.getByText('受理しない場合')).toBeInViewport({ ratio: 1 });
    await expect.soft(page.getByText('保有状況')).toBeInViewport({ ratio: 1 });
    await seenAtOnce(page, 'counter-record');
  }
  await page.getByText(/^数えられなかった時間 \d+件/).click();
  await expect(page.getByRole('row').filter({ hasText: SKIPPED })).toContainText(/第2章\s*0分04秒/);
  await look(page, 'counter-record');
  for (const photo of await page.getByRole('img').all()) {
    expect(
      await photo.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth),
    ).toBeGreaterThan(100);
  }
  const address = page.url();

  // He cannot tell, has pressed the wrong one, and takes it back.
  await page.getByLabel('わからない(監督者が判断します)').check();
  await page.getByRole('button', { name: '判断を記録する' }).click();
  await expect(page.getByText('監督者の判断を待っています')).toBeVisible();
  await look(page, 'counter-referred');
  await page.getByText('「監督者に引き継ぎ」を取り消す').click();
  await page.getByLabel('取り消す理由').fill('押しまちがい');
  await page.getByRole('button', { name: '取り消しを記録する' }).click();
  await expect(page.getByText('取り消し済み')).toBeVisible();

  await page.getByLabel('同じ人である', { exact: true }).check();
  await page.getByRole('button', { name: '判断を記録する' }).click();
  await expect(page.getByText('受理されています')).toBeVisible();
  if (info.project.name === 'pc') await seenAtOnce(page, 'counter-accepted');
  await page.getByLabel('普通(中型8t限定').check();
  for (const [eye, value] of [
    ['両眼', '1.0'],
    ['左', '0.8'],
    ['右', '0.9'],
  ] as const) {
    await page.getByLabel(eye, { exact: true }).fill(value);
  }
  await expect(page.getByText('まだ測っていません: 聴力')).toBeVisible();
  await page.getByLabel('聞こえる', { exact: true }).check();
  await page.getByLabel('支障なし').check();
  await expect(page.getByText('この結果は「合格」です')).toBeVisible();
  await look(page, 'counter-aptitude');
  await page.getByRole('button', { name: '検査の結果を記録する' }).click();
  await expect(page.getByText('適性検査: 合格')).toBeVisible();
  if (info.project.name === 'pc') await seenAtOnce(page, 'counter-tested');
  await page.getByLabel('運転免許証とマイナ免許証の両方').check();
  await page.getByLabel('今日(即日)').check();
  // Whose home is elsewhere is asked what the register cannot know.
  for (const asked of await page
    .getByRole('group', { name: '経由地更新の確認(本人に聞く)' })
    .getByRole('checkbox')
    .all())
    await asked.check();
  await look(page, 'counter-issue');
  await page.getByRole('button', { name: '交付を記録し、修了記録を使用済みにする' }).click();
  await expect(page.getByText('更新の処理が終わりました')).toBeVisible();
  await look(page, 'counter-used');

  await page.goto(address);
  await expect(page.getByText('使用済み').first()).toBeVisible();
  await expect(page.getByRole('button', { name: '判断を記録する' })).toHaveCount(0);

  const revoked = await page.request.get('/counter/revoked.json');
  expect(await revoked.text()).toContain(recordNumber.replaceAll('-', ''));

  // The learner sees the same, and nobody else can look.
  const stranger = await browser.newPage();
  await stranger.goto(address);
  await expect(stranger).toHaveURL(/\/officer\/sign-in/);
  for (const file of ['proof-keys', 'revoked']) {
    expect((await stranger.request.get(`/counter/${file}.json`)).status()).toBe(401);
  }
  await stranger.close();
});

test('an administrator sees how the lecture is taken, and nobody by name', async ({ page }, info) => {
  await acceptInvitation(page, await inviteAdministrator('統計 見子', 'kanagawa'), /\/admin$/);
  await page.goto('/admin/fees');
  await expect(page.getByText('いま使われている')).toBeVisible();
  await look(page, 'admin-fees');
  await page.goto('/admin/lectures');
  const lecture = page.getByRole('region', { name: '優良運転者講習' });
  await lecture.getByRole('listitem').filter({ hasText: '公開中' }).getByRole('link').first().click();
  await page.getByRole('link', { name: '受講の状況を見る' }).click();
  await expect(page.getByRole('heading', { name: '受講の状況' })).toBeVisible();
  await expect(page.getByRole('table', { name: '章ごとの人数' })).toContainText('第3章');
  await expect(page.getByText(castOf(info.project.name).name)).toHaveCount(0);
  await look(page, 'admin-statistics');
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'CSV ファイルで保存する' }).click();
  expect(readFileSync(await (await download).path(), 'utf8')).toMatch(/全体,修了した人,[1-9]/);
});
