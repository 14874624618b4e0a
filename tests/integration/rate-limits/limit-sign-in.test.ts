import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Refusal } from '#lib/domain/refusal.ts';
import { createApp, type App } from '#lib/server/app.ts';
import { limitSignIn } from '#lib/server/rate-limits/limit-sign-in.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

const LIMITS = { SIGN_IN_ATTEMPTS_PER_BROWSER: '5', SIGN_IN_ATTEMPTS_PER_NETWORK: '12' };
const HOME = '192.0.2.7';

let test: TestApp;
let app: App;
beforeAll(async () => {
  test = await makeTestApp({ env: LIMITS });
  app = test.app;
});
afterAll(() => test.close());
beforeEach(() => app.pool.query('delete from rate_limit'));

const newBrowser = () => randomBytes(32).toString('base64url');
const attempt = (browserToken: string, clientAddress = HOME, what = 'POST /sign-in') =>
  limitSignIn(app, { browserToken, clientAddress }, what);
async function attempts(count: number, browserToken: string, clientAddress = HOME) {
  for (let number = 0; number < count; number += 1) await attempt(browserToken, clientAddress);
}
const TOO_MANY = { code: 'too_many_requests', detail: { minutes: 5 } };

describe('a browser that tries again and again', () => {
  it('is told to wait, and how long', async () => {
    const browser = newBrowser();
    await attempts(5, browser);
    await expect(attempt(browser)).rejects.toMatchObject(TOO_MANY);
  });

  it('may try again when the time is over', async () => {
    const browser = newBrowser();
    await attempts(5, browser);
    await expect(attempt(browser)).rejects.toBeInstanceOf(Refusal);
    await app.pool.query('update rate_limit set expire = expire - 300000');
    await expect(attempt(browser)).resolves.toBeUndefined();
  });

  it('may take another step meanwhile: each kind is counted by itself', async () => {
    const browser = newBrowser();
    await attempts(5, browser);
    await expect(attempt(browser, HOME, 'signIn.openCardChallenge')).resolves.toBeUndefined();
  });

  it('does not hinder another one of the same household', async () => {
    const browser = newBrowser();
    await attempts(5, browser);
    await expect(attempt(browser)).rejects.toBeInstanceOf(Refusal);
    await expect(attempt(newBrowser())).resolves.toBeUndefined();
  });

  it('gets no further by asking all at once', async () => {
    const browser = newBrowser();
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => attempt(browser)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
  });
});

describe('a network from which many tries come', () => {
  it('is told to wait, whatever cookie is shown', async () => {
    for (let number = 0; number < 12; number += 1) await attempt(newBrowser());
    await expect(attempt(newBrowser())).rejects.toMatchObject(TOO_MANY);
    await expect(attempt(newBrowser(), '198.51.100.1')).resolves.toBeUndefined();
  });

  it('is one network of IPv6, however many addresses it has', async () => {
    for (let number = 0; number < 12; number += 1) await attempt(newBrowser(), `2001:db8:0:1::${number}`);
    await expect(attempt(newBrowser(), '2001:db8:0:1:ffff::1')).rejects.toMatchObject(TOO_MANY);
    await expect(attempt(newBrowser(), '2001:db8:0:2::1')).resolves.toBeUndefined();
  });
});

describe('what is kept', () => {
  it('tells neither address nor cookie', async () => {
    const browser = newBrowser();
    await attempt(browser, '203.0.113.99');
    const { rows } = await app.pool.query<{ key: string }>('select * from rate_limit');
    expect(rows).toHaveLength(2);
    expect(JSON.stringify(rows)).not.toContain('203.0.113');
    expect(JSON.stringify(rows)).not.toContain(browser);
  });

  it('is counted together by all processes of one Koshu', async () => {
    const second = await createApp(app.config);
    const browser = newBrowser();
    await attempts(3, browser);
    for (let number = 0; number < 2; number += 1) {
      await limitSignIn(second, { browserToken: browser, clientAddress: HOME }, 'POST /sign-in');
    }
    await expect(attempt(browser)).rejects.toBeInstanceOf(Refusal);
    await second.close();
  });
});

it('is a fault, and no way in, when the database does not answer', async () => {
  const broken = await makeTestApp({ env: LIMITS });
  await broken.app.pool.query('drop table rate_limit');
  const trying = limitSignIn(broken.app, { browserToken: newBrowser(), clientAddress: HOME }, 'x');
  await expect(trying).rejects.not.toBeInstanceOf(Refusal);
  await broken.close();
});
