import { defineConfig, devices } from '@playwright/test';
import { cameraOf } from './tests/e2e/support/camera.ts';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
];

/** Chromium for a closed machine, with a named person before the camera. */
const chromiumWith = (person: string) => ({
  launchOptions: {
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: [...FLAGS, `--use-file-for-fake-video-capture=${cameraOf(person)}`],
  },
});

const PHONE = { ...devices['Pixel 7'], viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 };
const AFTER = '**/after/*.e2e.ts';
const REAL_TIME = '**/real-time/*.e2e.ts';
const PC = { viewport: { width: 1366, height: 768 } };

// Minutes of production's limits, and no part of `npm test`; the processes that run the tests have another command line.
if (process.argv.includes('--project=real-time')) process.env.KOSHU_REAL_TIME = '1';

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.e2e.ts',
  globalSetup: './tests/e2e/support/global-stack.ts',
  // Journeys mostly wait: for the clock that credits, for another device, for a deadline.
  workers: 3,
  fullyParallel: false,
  forbidOnly: true,
  // A browser on a loaded machine has a bad second now and then; what needed its second try is listed as flaky.
  retries: 1,
  timeout: 240_000,
  expect: {
    timeout: 15_000,
    // Pages as people have approved them (approved.e2e.ts): another Chromium may draw a letter otherwise, but nothing may move.
    toHaveScreenshot: {
      pathTemplate: '{testDir}/approved/{projectName}/{arg}{ext}',
      scale: 'css',
      maxDiffPixelRatio: 0.02,
    },
  },
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    baseURL: process.env.KOSHU_ORIGIN,
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
    trace: 'retain-on-failure',
    permissions: ['camera'],
  },
  projects: [
    {
      name: 'phone',
      testIgnore: [AFTER, REAL_TIME],
      use: { ...PHONE, ...chromiumWith('hanako') },
      grepInvert: /@pc/,
    },
    {
      name: 'pc',
      testIgnore: [AFTER, REAL_TIME],
      use: { ...PC, ...chromiumWith('akiko') },
      grepInvert: /@phone/,
    },
    // When all journeys are over: what they left behind. One after the other, for one kills the database that the other reads.
    { name: 'after', testMatch: AFTER, dependencies: ['phone', 'pc'], workers: 1 },
    ...(process.env.KOSHU_REAL_TIME
      ? [{ name: 'real-time', testMatch: REAL_TIME, use: { ...PC, ...chromiumWith('akiko') } }]
      : []),
  ],
});
