import { expect, test } from '@playwright/test';
import { startOwnServer, type OwnServer } from './support/own-server.ts';
import {
  Credit,
  goesOnFrom,
  openChapter,
  passTime,
  playsOn,
  playTo,
  position,
  pressPlay,
} from './support/watching.ts';

/** What happens to browsers, with the limits of forgiving-line.e2e.ts: at most one interval (3 s there, 10 s in production) comes again. */
let server: OwnServer;
test.beforeAll(async () => {
  server = await startOwnServer();
});
test.afterAll(() => server.close());

test.describe('a lecture goes on where it was @phone', () => {
  test('after a reload, and after leaving the page and coming back', async ({ page, context }) => {
    const credit = new Credit(server, await server.newLearner(context));
    await openChapter(page, server);
    await pressPlay(page);
    await playTo(page, 4);
    let before = await position(page);
    await page.reload();
    await pressPlay(page);
    await goesOnFrom(page, before);
    await playsOn(page);
    before = await position(page);
    await page.goBack();
    // The address changes before the page does.
    await expect(page.getByRole('link', { name: /つづきから見る/ })).toBeVisible();
    await page.goForward();
    await pressPlay(page);
    await goesOnFrom(page, before);
    credit.end();
  });

  test('after the tab has crashed', async ({ page, context }) => {
    const credit = new Credit(server, await server.newLearner(context));
    await openChapter(page, server);
    await pressPlay(page);
    await playTo(page, 5);
    const before = await position(page);
    const crashed = page.waitForEvent('crash');
    const devtools = await context.newCDPSession(page);
    void devtools.send('Page.crash').catch(() => undefined);
    await crashed;
    const again = await context.newPage();
    await openChapter(again, server);
    await pressPlay(again);
    await goesOnFrom(again, before);
    credit.end();
  });

  test('after the phone has slept for longer than the viewing lives', async ({ page, context }) => {
    const credit = new Credit(server, await server.newLearner(context));
    await openChapter(page, server);
    await pressPlay(page);
    await playTo(page, 4);
    const devtools = await context.newCDPSession(page);
    // What a screen that goes dark does to a page: hidden, then frozen with its timers.
    const setHidden = (isHidden: boolean) =>
      page.evaluate((hidden) => {
        Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }, isHidden);
    await setHidden(true);
    const before = await position(page);
    await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
    const sleptFrom = performance.now();
    await passTime(sleptFrom, 15_000);
    await devtools.send('Page.setWebLifecycleState', { state: 'active' });
    await setHidden(false);
    await expect(page.getByText('画面がかくれたので、止めました')).toBeVisible();
    await page.getByRole('button', { name: '再生する' }).click();
    await goesOnFrom(page, before);
    await credit.reaches(before);
    credit.end();
  });

  test('on another device, and on the first one again', async ({ page, context, browser }) => {
    const learner = await server.newLearner(context);
    const credit = new Credit(server, learner);
    await openChapter(page, server);
    await pressPlay(page);
    await playTo(page, 4);
    const other = await browser.newContext();
    await other.addCookies(await context.cookies());
    const second = await other.newPage();
    let before = await position(page);
    await openChapter(second, server);
    await pressPlay(second);
    await goesOnFrom(second, before);
    await expect(page.getByText('ほかの端末で視聴が始まりました')).toBeVisible({ timeout: 30_000 });
    before = await position(second);
    await page.getByRole('button', { name: 'この端末で続ける' }).click();
    await goesOnFrom(page, before);
    await expect(second.getByText('ほかの端末で視聴が始まりました')).toBeVisible({ timeout: 30_000 });
    await other.close();
    credit.end();
  });
});
