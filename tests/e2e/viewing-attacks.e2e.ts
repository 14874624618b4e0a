import { expect, test, type Page } from '@playwright/test';
import { callProcedure } from './support/call-procedure.ts';
import { agree } from './support/lecture.ts';
import { signIn } from './support/sign-in.ts';

/** LOOK_MS of the stack that the tests run on, and the length of a segment. */
const LOOK_MS = 12_000;
const SEGMENT_MS = 6_000;

interface Reply {
  outcome: string;
  code?: string;
  viewingId: string;
  creditedMs: number;
  releasedMs: number;
  durationMs: number;
  grant: { fromIndex: number; keys: string[] };
}

const call = (page: Page, procedure: string, input: unknown) => callProcedure<Reply>(page, procedure, input);

const chapterOf = (page: Page) => /lecture\/([0-9a-f-]+)\//.exec(page.url())![1]!;

// One person, one lecture: the attacks come one after the other.
test.describe.configure({ mode: 'serial' });

test.describe('a hostile browser @phone', () => {
  let page: Page;
  let chapterId: string;

  test.beforeAll(async ({ browser }) => {
    page = await browser.newPage();
    await signIn(page, 'ichiro');
    await agree(page);
    await page.getByRole('link', { name: /講習を始める|つづきから見る/ }).click();
    await expect(page).toHaveURL(/\/watch$/);
    chapterId = chapterOf(page);
  });
  test.afterAll(() => page.close());

  test('gets keys for what may be watched now and for nothing beyond', async () => {
    const opened = await call(page, 'viewing.open', { chapterId });
    expect(opened.releasedMs).toBe(opened.creditedMs + LOOK_MS);
    expect(opened.grant.keys).toHaveLength(Math.ceil(opened.releasedMs / SEGMENT_MS));
    const claim = {
      viewingId: opened.viewingId,
      sequence: 1,
      fromMs: 0,
      toMs: 0,
      state: 'playing',
      keyCount: 0,
    };
    const reply = await call(page, 'viewing.report', { ...claim, keyCount: opened.grant.keys.length });
    expect(reply.grant.keys).toEqual([]);
  });

  test('earns no more than the clock with a first heartbeat that claims the whole chapter', async () => {
    const startedAt = performance.now();
    const { viewingId, durationMs, creditedMs: before } = await call(page, 'viewing.open', { chapterId });
    const claim = { viewingId, sequence: 1, fromMs: 0, toMs: durationMs, state: 'ended', keyCount: 0 };
    const reply = await call(page, 'viewing.report', claim);
    expect(reply.creditedMs - before).toBeLessThanOrEqual(performance.now() - startedAt);
  });

  test('earns nothing by replaying and is refused for leaving out a number', async () => {
    const { viewingId } = await call(page, 'viewing.open', { chapterId });
    const beat = { viewingId, sequence: 1, fromMs: 0, toMs: 1_000, state: 'playing', keyCount: 0 };
    const first = await call(page, 'viewing.report', beat);
    const again = await Promise.all(
      Array.from({ length: 20 }, () => call(page, 'viewing.report', { ...beat, toMs: 9_000 })),
    );
    for (const reply of again) expect(reply.creditedMs).toBe(first.creditedMs);
    expect(await call(page, 'viewing.report', { ...beat, sequence: 7 })).toMatchObject({
      code: 'out_of_sequence',
    });
  });

  test('earns no more with parallel viewings than one person could', async () => {
    const startedAt = performance.now();
    const { creditedMs: before } = await call(page, 'viewing.open', { chapterId });
    const opened = await Promise.all(
      Array.from({ length: 5 }, () => call(page, 'viewing.open', { chapterId })),
    );
    const replies = await Promise.all(
      opened.map(({ viewingId }) =>
        call(page, 'viewing.report', {
          viewingId,
          sequence: 1,
          fromMs: before,
          toMs: before + 5_000,
          state: 'playing',
          keyCount: 0,
        }),
      ),
    );
    expect(replies.filter(({ outcome }) => outcome === 'credited').length).toBeLessThanOrEqual(1);
    const { creditedMs: after } = await call(page, 'viewing.open', { chapterId });
    expect(after - before).toBeLessThanOrEqual(performance.now() - startedAt);
  });

  test('is told that numbers which cannot be are malformed', async () => {
    const { viewingId } = await call(page, 'viewing.open', { chapterId });
    const beat = { viewingId, sequence: 1, fromMs: 0, toMs: 1_000, state: 'playing', keyCount: 0 };
    for (const fault of [
      { toMs: -1 },
      { fromMs: 5_000 },
      { toMs: 1e12 },
      { toMs: '9' },
      { state: 'watched' },
      { sequence: 0 },
    ]) {
      expect(await call(page, 'viewing.report', { ...beat, ...fault })).toMatchObject({ code: 'malformed' });
    }
  });

  test('cannot skip to the question, the photo or the survey', async () => {
    for (const address of [`/lecture/${chapterId}/question`, `/lecture/${chapterId}/photo`, '/survey']) {
      await page.goto(address);
      await expect(page).toHaveURL(/\/watch$/);
    }
    expect(await page.content()).not.toContain('explanation');
  });

  test('cannot seek ahead, play faster, or fool the server by patching the player', async () => {
    await page.goto(`/lecture/${chapterId}/watch`);
    const { creditedMs: before } = await call(page, 'viewing.open', { chapterId });
    await page.reload();
    await page.getByRole('button', { name: /見る/ }).click();
    const startedAt = performance.now();
    await expect
      .poll(() => page.evaluate(() => document.querySelector('video')!.currentTime))
      .toBeGreaterThan(before / 1_000 + 0.5);
    await page.evaluate(() => (document.querySelector('video')!.currentTime = 50));
    await expect(page.getByText('まだ見ていないところへは進めません')).toBeVisible();
    await page.evaluate(() => (document.querySelector('video')!.playbackRate = 16));
    await expect(page.getByText('速さは1倍までです')).toBeVisible();
    await expect.poll(() => page.evaluate(() => document.querySelector('video')!.playbackRate)).toBe(1);
    await expect
      .poll(() => page.evaluate(() => document.querySelector('video')!.currentTime))
      .toBeLessThan(before / 1_000 + 15);
    const { creditedMs: after } = await call(page, 'viewing.open', { chapterId });
    expect(after - before).toBeLessThanOrEqual(performance.now() - startedAt + 1_000);
  });
});

test.describe('an honest browser @phone', () => {
  test('goes on to the second after a reload, and on another device with one press', async ({ browser }) => {
    const first = await browser.newPage();
    await signIn(first, 'ichiro');
    await agree(first);
    await first.getByRole('link', { name: /講習を始める|つづきから見る/ }).click();
    await first.getByRole('button', { name: /見る/ }).click();
    await expect(first.getByText(/0分[5-9]秒まで保存しました/)).toBeVisible({ timeout: 30_000 });
    await first.reload();
    await expect(first.getByRole('button', { name: 'つづきから見る' })).toBeVisible();
    await first.getByRole('button', { name: 'つづきから見る' }).click();

    const second = await (await browser.newContext()).newPage();
    await signIn(second, 'ichiro');
    await second.goto('/lecture');
    await second.getByRole('link', { name: 'つづきから見る' }).click();
    await second.getByRole('button', { name: 'つづきから見る' }).click();
    await expect(first.getByText('ほかの端末で視聴が始まりました')).toBeVisible({ timeout: 30_000 });
    await first.getByRole('button', { name: 'この端末で続ける' }).click();
    await expect(second.getByText('ほかの端末で視聴が始まりました')).toBeVisible({ timeout: 30_000 });
    await first.close();
    await second.close();
  });

  test('is told when the line drops what is saved, and goes on by itself when it is back', async ({
    browser,
  }) => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await signIn(page, 'ichiro');
    await page.goto('/lecture');
    await page.getByRole('link', { name: 'つづきから見る' }).click();
    await page.getByRole('button', { name: 'つづきから見る' }).click();
    const saved = async () => {
      const [, minutes, seconds] =
        /(\d+)分(\d+)秒まで保存しました/.exec(await page.locator('main').innerText()) ?? [];
      return Number(minutes) * 60 + Number(seconds);
    };
    await expect.poll(saved).toBeGreaterThan(0);
    await context.setOffline(true);
    await expect(page.getByText('通信が切れています')).toBeVisible({ timeout: 45_000 });
    const before = await saved();
    await context.setOffline(false);
    await expect(page.getByText('通信が切れています')).toBeHidden({ timeout: 45_000 });
    await expect.poll(saved, { timeout: 45_000 }).toBeGreaterThan(before);
    await context.close();
  });
});
