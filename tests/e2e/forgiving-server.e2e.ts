import { expect, test } from '@playwright/test';
import { startOwnServer, type OwnServer } from './support/own-server.ts';
import { Credit, goesOnFrom, loads, openChapter, playTo, position, pressPlay } from './support/watching.ts';

let server: OwnServer;
test.beforeAll(async () => {
  // The viewing outlives a process that starts on a busy machine, as 65 s do in production.
  server = await startOwnServer({ HEARTBEAT_INTERVAL_MS: '3000', LOOK_MS: '60000', LEASE_TTL_MS: '60000' });
});
test.afterAll(() => server.close());

test.describe('a server that goes away in mid-lecture @pc', () => {
  for (const [how, end] of [
    ['for a restart', () => server.halt()],
    ['by kill -9', () => server.kill()],
  ] as const) {
    test(`${how} is not noticed, and costs nothing`, async ({ page, context }) => {
      const credit = new Credit(server, await server.newLearner(context));
      await openChapter(page, server);
      await pressPlay(page);
      await playTo(page, 4);
      await loads(page, 4);
      const before = await position(page);
      await end();
      await playTo(page, before + 2);
      await server.start();
      await credit.reaches(before + 2);
      await goesOnFrom(page, before + 2);
      await expect(page.getByText('もう一度再生します')).toBeHidden();
      credit.end();
    });
  }
});
