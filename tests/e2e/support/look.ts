import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';

/**
 * Looks at a page as a careful colleague would: a picture for people (test-results/screens), nothing that axe finds by
 * WCAG 2.2 AA, nothing that sticks out of the screen, and no script that speaks languages which the page does not.
 */
export async function look(page: Page, name: string): Promise<void> {
  const { project } = test.info();
  await page.screenshot({ path: `test-results/screens/${project.name}-${name}.png`, fullPage: true });
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  expect.soft(violations.map(({ id, nodes }) => `${name}: ${id} ${nodes[0]?.html}`)).toEqual([]);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect.soft(overflow, `${name} sticks out of the screen`).toBe(0);
  const foreignScripts = await page.evaluate(() => {
    const own = `/_app/immutable/${document.documentElement.lang}/`;
    const scripts = performance
      .getEntriesByType('resource')
      .filter(({ name }) => /\/_app\/.+\.js$/.test(name));
    return scripts.map(({ name }) => name).filter((name) => !name.includes(own));
  });
  expect.soft(foreignScripts).toEqual([]);
}
