import { appendFileSync, mkdirSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { tokyoDate } from '#lib/domain/renewal/calendar.ts';

/** One state of one page, for the accessibility statement (scripts/access-report.ts). */
export interface LookedAt {
  readonly project: string;
  readonly name: string;
  readonly violations: number;
  readonly on: string;
  readonly axe: string;
  readonly chromium: string;
}

const ALL: Parameters<AxeBuilder['options']>[0] = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
  // Targets of at least 24 px (2.5.8), which axe leaves out unless it is asked.
  rules: { 'target-size': { enabled: true } },
};
const only = (rule: string) => ({ runOnly: { type: 'rule' as const, values: [rule] } });

/** What axe finds by these rules, noted under this name. */
async function examine(page: Page, name: string, rules = ALL): Promise<void> {
  const { project } = test.info();
  // One page without frames needs none of the further pages that axe otherwise opens to put its findings together.
  const { violations, testEngine } = await new AxeBuilder({ page }).setLegacyMode().options(rules).analyze();
  const seen: LookedAt = {
    project: project.name,
    name,
    violations: violations.length,
    on: tokyoDate(new Date()),
    axe: testEngine.version,
    chromium: page.context().browser()?.version().split('.')[0] ?? '',
  };
  mkdirSync('test-results', { recursive: true });
  appendFileSync('test-results/access.jsonl', `${JSON.stringify(seen)}\n`);
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${name}: ${id} ${html}`));
  expect.soft(found).toEqual([]);
}

async function findOverflow(page: Page, name: string): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect.soft(overflow, `${name} sticks out of the screen`).toBe(0);
}

/** What axe finds by WCAG 2.2 AA, and what sticks out of the screen. */
export async function lookWithoutPicture(page: Page, name: string): Promise<void> {
  await examine(page, name);
  await findOverflow(page, name);
}

/** Another theme of the same page: all that can differ is what is seen against what. */
export async function lookInTheme(
  page: Page,
  name: string,
  theme: { colorScheme: 'dark' } | { forcedColors: 'active' },
): Promise<void> {
  await page.emulateMedia(theme);
  await examine(page, name, only('color-contrast'));
  await page.emulateMedia({ colorScheme: null, forcedColors: null });
}

/** Narrow as the smallest phone, or as a PC's window at 400 %: nothing sticks out (WCAG 1.4.10), or lies too near to something else. */
export async function lookNarrow(page: Page, name: string): Promise<void> {
  const size = page.viewportSize()!;
  await page.setViewportSize({ width: 320, height: size.height });
  await examine(page, `${name} 320 px`, only('target-size'));
  await findOverflow(page, `${name} 320 px`);
  await page.setViewportSize(size);
}

/**
 * Looks at a page as a careful colleague would: a picture for people (test-results/screens), nothing that axe finds by
 * WCAG 2.2 AA in the light and in the dark, nothing that sticks out of the screen, and no script that speaks languages which the page does not.
 */
export async function look(page: Page, name: string, isDarkToo = true): Promise<void> {
  const { project } = test.info();
  await page.screenshot({ path: `test-results/screens/${project.name}-${name}.png`, fullPage: true });
  await lookWithoutPicture(page, name);
  // The same colours at both sizes.
  if (isDarkToo && project.name === 'phone') await lookInTheme(page, `${name} dark`, { colorScheme: 'dark' });
  const foreignScripts = await page.evaluate(() => {
    const own = `/_app/immutable/${document.documentElement.lang}/`;
    // Workers say no word.
    const scripts = performance
      .getEntriesByType('resource')
      .filter(({ name }) => /\/_app\/immutable\/(?!workers\/).+\.js$/.test(name));
    return scripts.map(({ name }) => name).filter((name) => !name.includes(own));
  });
  expect.soft(foreignScripts).toEqual([]);
}

/**
 * All that speaks for or against a record, and the next act, stand on the screen at once, in both languages of the counter. Seen in a
 * browser beside, so that the officer's own page, and what it keeps for the time without a line, stay as they are.
 */
export async function seenAtOnce(page: Page, name: string): Promise<void> {
  const { project } = test.info();
  const viewport = page.viewportSize()!;
  const storageState = await page.context().storageState();
  for (const language of ['en', 'ja']) {
    const beside = await page
      .context()
      .browser()!
      .newContext({ viewport, storageState, serviceWorkers: 'block', timezoneId: 'Asia/Tokyo' });
    await beside.addCookies([{ name: 'koshu-locale', value: language, url: page.url() }]);
    const other = await beside.newPage();
    await other.goto(page.url());
    const bottoms = await other
      .locator('.evidence, section[aria-labelledby=next]')
      .evaluateAll(async (parts) => {
        await document.fonts.ready;
        return parts.map((part) => Math.ceil(part.getBoundingClientRect().bottom));
      });
    await other.screenshot({ path: `test-results/screens/${project.name}-${name}-${language}.png` });
    await beside.close();
    expect.soft(bottoms, name).toHaveLength(2);
    expect
      .soft(Math.max(...bottoms), `${name} is seen at once (${language})`)
      .toBeLessThanOrEqual(viewport.height);
  }
}
