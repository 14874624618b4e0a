import { expect, it } from 'vitest';
import { browserFamily } from './browser-family.ts';

const WEBKIT = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';
const BLINK = 'AppleWebKit/537.36 (KHTML, like Gecko)';

it.each([
  [
    `Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) ${WEBKIT} Version/18.5 Mobile/15E148 Safari/604.1`,
    'safari',
    'iphone',
  ],
  [
    `Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) ${WEBKIT} CriOS/142.0 Mobile/15E148 Safari/604.1`,
    'chrome',
    'iphone',
  ],
  [
    `Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) ${WEBKIT} FxiOS/140.0 Mobile/15E148 Safari/605.1.15`,
    'firefox',
    'ipad',
  ],
  [
    `Mozilla/5.0 (Linux; Android 16; Pixel 7) ${BLINK} Chrome/142.0.0.0 Mobile Safari/537.36`,
    'chrome',
    'android',
  ],
  [
    `Mozilla/5.0 (Linux; Android 16) ${BLINK} SamsungBrowser/29.0 Chrome/136.0 Mobile Safari/537.36`,
    'samsung',
    'android',
  ],
  [
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${BLINK} Chrome/142.0 Safari/537.36 Edg/142.0`,
    'edge',
    'windows',
  ],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0', 'firefox', 'windows'],
  [`Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${WEBKIT} Version/19.0 Safari/605.1.15`, 'safari', 'mac'],
  [`Mozilla/5.0 (X11; Linux x86_64) ${BLINK} HeadlessChrome/142.0.0.0 Safari/537.36`, 'chrome', 'linux'],
] as const)('knows %s', (userAgent, browser, device) => {
  expect(browserFamily(userAgent)).toEqual({ browser, device });
});

it.each(['', 'curl/8.0', '<script>alert(1)</script>', '\u0000', 'x'.repeat(200), 'Android'.repeat(28)])(
  'makes nothing of what is no browser (%#)',
  (userAgent) => expect(browserFamily(userAgent)).toMatchObject({ browser: 'other' }),
);
