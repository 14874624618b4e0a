import { expect, test, type Page } from '@playwright/test';
import type { Learner } from '#lib/domain/people/actor.ts';
import { look } from './support/look.ts';
import { startOwnServer, type OwnServer } from './support/own-server.ts';
import { openChapter, playTo, pressPlay } from './support/watching.ts';

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
    await placeCheck(await server.newLearner(context), 30_000);
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
    await pressPlay(page);
    await expect(asked(page)).toBeVisible(PATIENCE);
    await expect(page.getByText('視聴の確認に答えがありませんでした')).toBeVisible(PATIENCE);
    await expect(asked(page)).toHaveCount(0);
    await look(page, 'presence-missed');
    await page.getByRole('button', { name: 'つづける' }).click();
    await expect(asked(page)).toBeVisible(PATIENCE);
    await page.keyboard.press('Enter');
    await playTo(page, GATE_MS / 1_000 + 4);
  });
});
