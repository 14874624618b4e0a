import { expect, test, type Page } from '@playwright/test';
import type { Learner } from '#lib/domain/people/actor.ts';
import { look } from './support/look.ts';
import { SCALED, startOwnServer, type OwnServer } from './support/own-server.ts';
import { publishLecture } from '../support/published-lecture.ts';
import { openChapter, passTime, playsOn, playTo, position, pressPlay } from './support/watching.ts';

/** The middle of the second segment. */
const GATE_MS = 9_000;
const PATIENCE = { timeout: 40_000 };

let server: OwnServer;
test.beforeAll(async () => {
  server = await startOwnServer();
});
test.afterAll(() => server.close());

/** Puts one check where the test can wait for it. */
async function placeCheck({ driverId }: Learner, presenceAnswerMs: number): Promise<void> {
  const { db } = server.app;
  const attendance = await db
    .updateTable('attendance')
    .set({ presenceAnswerMs })
    .where('driverId', '=', driverId)
    .returning('id')
    .executeTakeFirstOrThrow();
  const ids = { attendanceId: attendance.id };
  const chapter = await db
    .updateTable('chapterAttendance')
    .set({ gateMs: GATE_MS })
    .where('attendanceId', '=', attendance.id)
    .where('position', '=', 1)
    .returning('chapterId')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('presenceCheck')
    .values({ ...ids, ...chapter, positionMs: GATE_MS })
    .execute();
}

const asked = (page: Page) => page.getByRole('alertdialog', { name: '見ていますか' });
const isPaused = (page: Page) => page.evaluate(() => document.querySelector('video')!.paused);

test.describe('a learner who is asked whether he is watching @pc', () => {
  test('answers by the keyboard, after more time, and the lecture goes on', async ({ page, context }) => {
    await placeCheck(await server.newLearner(context), 120_000);
    await openChapter(page, server);
    await pressPlay(page);
    await expect(asked(page)).toBeVisible(PATIENCE);
    await expect(page.getByRole('button', { name: '見ています' })).toBeFocused();
    expect(await isPaused(page)).toBe(true);
    await look(page, 'presence');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await expect(asked(page)).toContainText('時間をのばしました');
    await page.getByRole('button', { name: '見ています' }).focus();
    await page.keyboard.press('Enter');
    await expect(asked(page)).toHaveCount(0);
    await playTo(page, GATE_MS / 1_000 + 4);
  });

  test('who does not answer is told so, watches again from before, and goes on', async ({
    page,
    context,
  }) => {
    await placeCheck(await server.newLearner(context), 6_000);
    await openChapter(page, server);
    const remaining = page.getByText(/^残り \d/);
    const whole = (await remaining.textContent()) ?? '';
    await pressPlay(page);
    await expect(asked(page)).toBeVisible(PATIENCE);
    await expect(remaining).not.toHaveText(whole);
    await expect(page.getByText('視聴の確認に答えがありませんでした')).toBeVisible(PATIENCE);
    await expect(asked(page)).toHaveCount(0);
    await expect(remaining).toHaveText(whole);
    await look(page, 'presence-missed');
    await page.getByRole('button', { name: 'つづける' }).click();
    await expect(asked(page)).toBeVisible(PATIENCE);
    await page.keyboard.press('Enter');
    await playTo(page, GATE_MS / 1_000 + 4);
  });

  test('who answers after his viewing has lapsed is told what happened, and how to go on', async ({
    page,
    context,
  }) => {
    await placeCheck(await server.newLearner(context), 6_000);
    await openChapter(page, server);
    await pressPlay(page);
    await expect(asked(page)).toBeVisible(PATIENCE);
    await context.setOffline(true);
    await passTime(performance.now(), Number(SCALED.LEASE_TTL_MS) + 2_000);
    await expect(asked(page)).toBeVisible();
    const heard = page.waitForResponse(/viewing\.report$/);
    await context.setOffline(false);
    await heard;
    await page.getByRole('button', { name: '見ています' }).click();
    await expect(page.getByText('視聴の確認に答えがありませんでした')).toBeVisible(PATIENCE);
    await expect(page.getByText('前の確認までの0分0秒は保存されています')).toBeVisible();
    await page.getByRole('button', { name: 'つづける' }).click();
    // From the beginning, wherever it stood: a slow machine hears of the check late.
    await expect.poll(() => position(page), PATIENCE).toBeLessThan(6);
    await playsOn(page);
    // It was not the line.
    await expect(page.getByText('もう一度再生します')).toBeHidden();
  });

  test('hears of it before he agrees, and again on the page of the video', async ({ page, context }) => {
    // A commission of its own, so that nobody else is asked.
    const home = 'yamanashi';
    const { db } = server.app;
    await publishLecture(server.app, [60_000], { commissionCode: home, lectureClass: 'general' });
    await db.updateTable('commission').set({ presencePerChapter: 1 }).where('code', '=', home).execute();
    await server.newPerson(context, home);
    await page.goto(`${server.origin}/consent`);
    await expect(page.getByText('動画の途中で「見ていますか」とたずねることがあります')).toBeVisible();
    await look(page, 'consent-presence');
    await page.getByLabel('「見ています」を押すまでの時間を長くする').check();
    await page.getByLabel('注意事項を読み、同意します').check();
    await page.getByLabel('顔写真をとり、窓口で確認に使うことに同意します').check();
    await page.getByRole('button', { name: '同意して講習へ進む' }).click();
    await expect(page).not.toHaveURL(/\/consent$/);
    await openChapter(page, server);
    await expect(page.getByText('途中で「見ていますか」とたずねることがあります')).toBeVisible();
    await look(page, 'watch-presence');
  });
});
