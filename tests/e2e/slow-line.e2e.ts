import { expect, test } from '@playwright/test';
import { SCALED, startOwnServer, type OwnServer } from './support/own-server.ts';
import { SlowLine } from './support/slow-line.ts';
import { Credit, noteStops, openChapter, playTo, position, pressPlay } from './support/watching.ts';

/** What the issue asks for, and half of what a mobile contract that has used up its month still gives. */
const MOBILE = { bitsPerSecond: 1_000_000, delayMs: 75, loss: 0.03 };
const USED_UP = { bitsPerSecond: 128_000, delayMs: 150, loss: 0.03 };

let line: SlowLine;
let server: OwnServer;
test.beforeAll(async () => {
  line = await SlowLine.open(MOBILE);
  server = await startOwnServer({ ...SCALED, LOOK_MS: '20000', LEASE_TTL_MS: '20000', ORIGIN: line.origin });
  line.leadTo(server.origin);
});
test.afterAll(async () => {
  line.close();
  await server.close();
});

test.describe('a slow line @pc', () => {
  test('of 1 Mbit/s that loses 3 % plays without a stop, and one of 128 kbit/s by the rendition that puts the sound first', async ({
    page,
    context,
  }) => {
    const credit = new Credit(server, await server.newLearner(context));
    const rungs: string[] = [];
    page.on('request', (request) => {
      const rung = /\/media\/[^/]+\/([^/]+)\/[^/]+\.m4s$/.exec(request.url())?.[1];
      if (rung !== undefined) rungs.push(rung);
    });
    await openChapter(page, line);
    await pressPlay(page);
    await playTo(page, 2);
    const stops = await noteStops(page);
    await playTo(page, 14);
    expect(await stops()).toEqual([]);

    line.facts = USED_UP;
    await page.getByText('文字で読む').click();
    await page.getByRole('switch', { name: '通信量を抑える' }).click();
    const from = await position(page);
    await playTo(page, from + 14);
    expect(await stops()).toEqual([]);
    expect(Math.min(...rungs.map((rung) => Number.parseInt(rung, 10)))).toBe(
      Number.parseInt(rungs.at(-1)!, 10),
    );
    await credit.reaches(from + 10);
    credit.end();
  });
});
