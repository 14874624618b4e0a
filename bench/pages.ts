import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type BrowserContext } from '@playwright/test';
import { freePort } from '../scripts/support/free-port.ts';
import { takeLecture } from '../tests/support/completed-attendance.ts';
import { newLearner, newPerson } from '../tests/support/new-learner.ts';
import { seedTestPeople } from '../tests/support/people.ts';
import { publishLecture } from '../tests/support/published-lecture.ts';
import { median } from './support/load.ts';
import { auditPage, type PageFigures, type Throttling } from './support/pages/audit.ts';
import { prepareWaysIn } from './support/pages/ways-in.ts';
import { startStack, type Site } from './support/stack.ts';

const CHAPTERS_MS = [600_000, 600_000, 600_000];

interface Shown {
  readonly name: string;
  readonly path: string;
  /** Of whoever looks at it; null for nobody. */
  readonly session: string | null;
}

async function pagesOf({ app }: Site): Promise<Shown[]> {
  await seedTestPeople(app);
  const lecture = await publishLecture(app, CHAPTERS_MS);
  const fresh = await newPerson(app, 'excellent');
  const begun = await newLearner(app, 'excellent');
  const done = await newPerson(app, 'excellent');
  await takeLecture(app, { driverId: done.learner.driverId, lecture });
  return [
    { name: 'home', path: '/', session: null },
    { name: 'check', path: '/check', session: null },
    { name: 'sign_in', path: '/sign-in', session: null },
    { name: 'eligibility', path: '/eligibility', session: fresh.token },
    { name: 'lecture', path: '/lecture', session: begun.token },
    { name: 'record', path: '/record', session: done.token },
  ];
}

async function signInAs(browser: BrowserContext, url: string, session: string | null): Promise<void> {
  await browser.clearCookies();
  const cookies = [
    { name: 'koshu-locale', value: 'ja', url },
    ...(session === null ? [] : [{ name: 'koshu-session', value: session, url }]),
  ];
  await browser.addCookies(cookies);
}

const middle = (rounds: readonly PageFigures[], of: keyof Omit<PageFigures, 'wanting'>) =>
  median(rounds.map((figures) => figures[of]));

/**
 * Lighthouse on the pages that learners read, in the production build, with its phone profile (processor 4 times slower, 1.6 Mbit/s, 150 ms): by
 * simulation, or with `--throttling devtools` by slowing down. Medians of rounds; then the worst of all pages. `--page record`: one
 * alone.
 */
export async function run(options: string[]): Promise<Record<string, number | string>> {
  const { values } = parseArgs({
    args: options,
    options: {
      rounds: { type: 'string', default: '3' },
      throttling: { type: 'string', default: 'simulate' },
      page: { type: 'string' },
    },
  });
  const throttling: Throttling = values.throttling === 'devtools' ? 'devtools' : 'simulate';
  const stack = await startStack();
  let waysIn: Awaited<ReturnType<typeof prepareWaysIn>> | undefined;
  const profile = mkdtempSync(path.join(tmpdir(), 'koshu-pages-'));
  const port = await freePort();
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', `--remote-debugging-port=${port}`],
    locale: 'ja-JP',
  });
  try {
    const site = await stack.openSite('pages', 1, {
      prepare: async (origin, folder) => {
        waysIn = await prepareWaysIn(origin, folder);
        return waysIn.environment;
      },
    });
    const result: Record<string, number | string> = { throttling };
    const all: Record<string, number>[] = [];
    for (const { name, path: address, session } of await pagesOf(site)) {
      if (values.page !== undefined && values.page !== name) continue;
      await signInAs(browser, site.origin, session);
      const rounds: PageFigures[] = [];
      for (let round = 0; round < Number(values.rounds); round += 1) {
        rounds.push(await auditPage(`${site.origin}${address}`, port, throttling));
      }
      const page = {
        performance: middle(rounds, 'performance'),
        accessibility: middle(rounds, 'accessibility'),
        best_practices: middle(rounds, 'bestPractices'),
        script_kb: middle(rounds, 'scriptKb'),
        style_kb: middle(rounds, 'styleKb'),
        font_kb: middle(rounds, 'fontKb'),
        html_kb: middle(rounds, 'htmlKb'),
        cls: middle(rounds, 'cls'),
        lcp_ms: middle(rounds, 'lcpMs'),
        blocked_ms: middle(rounds, 'blockedMs'),
      };
      all.push(page);
      result[name] = `${page.performance}/${page.accessibility}/${page.best_practices}`;
      const wanting = [...new Set(rounds.flatMap((figures) => figures.wanting))];
      const figures = Object.entries(page).map(([what, figure]) => `${what} ${figure}`);
      process.stdout.write(
        `${name.padEnd(12)} ${figures.join('  ')}  machine ${middle(rounds, 'machine')}` +
          `${wanting.length === 0 ? '' : `  wanting: ${wanting.join(', ')}`}\n`,
      );
    }
    const of = (what: string) => all.map((page) => page[what] ?? Number.NaN);
    for (const what of ['performance', 'accessibility', 'best_practices']) {
      result[what] = Math.min(...of(what));
    }
    for (const what of ['script_kb', 'style_kb', 'font_kb', 'cls', 'lcp_ms']) {
      result[what] = Math.max(...of(what));
    }
    return result;
  } finally {
    await browser.close();
    await waysIn?.stop();
    await stack.stop();
    rmSync(profile, { recursive: true, force: true });
  }
}
