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

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/**
 * What axe finds by WCAG 2.2 AA, targets of at least 24 px among it (2.5.8, which axe leaves out unless it is asked), and what sticks
 * out of the screen.
 */
export async function lookWithoutPicture(page: Page, name: string): Promise<void> {
  const { project } = test.info();
  const { violations, testEngine } = await new AxeBuilder({ page })
    .options({ runOnly: { type: 'tag', values: TAGS }, rules: { 'target-size': { enabled: true } } })
    .analyze();
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
  expect.soft(violations.map(({ id, nodes }) => `${name}: ${id} ${nodes[0]?.html}`)).toEqual([]);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect.soft(overflow, `${name} sticks out of the screen`).toBe(0);
}

/** The other theme of the same page: all that can differ is what is seen against what. */
async function lookInTheDark(page: Page, name: string): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark' });
  const { violations } = await new AxeBuilder({ page }).withRules(['color-contrast']).analyze();
  await page.emulateMedia({ colorScheme: 'light' });
  expect
    .soft(violations.flatMap(({ nodes }) => nodes.map(({ html }) => `${name} in the dark: ${html}`)))
    .toEqual([]);
}

/**
 * Looks at a page as a careful colleague would: a picture for people (test-results/screens), nothing that axe finds by
 * WCAG 2.2 AA in the light and in the dark, nothing that sticks out of the screen, and no script that speaks languages which the page does not.
 */
export async function look(page: Page, name: string): Promise<void> {
  const { project } = test.info();
  await page.screenshot({ path: `test-results/screens/${project.name}-${name}.png`, fullPage: true });
  await lookWithoutPicture(page, name);
  // The same colours at both sizes.
  if (project.name === 'phone') await lookInTheDark(page, name);
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
