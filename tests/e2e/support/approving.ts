import { expect, type Page } from '@playwright/test';

const TRIES = 5;
/** More than this is not our page any more. */
const MOST_HIDDEN = 20;

/** What differs from day to day and from person to person, and what stands there in an approved picture. */
const STEADY: readonly (readonly [pattern: string, steady: string])[] = [
  ['\\d{4}年\\(令和(?:\\d+|元)年\\)\\d+月\\d+日\\(.\\)', '2026年(令和8年)11月23日(月)'],
  ['\\d{4}年\\(令和(?:\\d+|元)年\\)\\d+月\\d+日', '2026年(令和8年)11月23日'],
  ['K\\d{2}-\\d{4}-\\d{4}-[0-9A-Z*]', 'K26-0000-0000-0'],
  ['末尾 \\d+', '末尾 0000'],
  ['\\d+:\\d+', '10:00'],
  ['[\\d,]+円', '3,000円'],
  ['[0-9a-f]{8}(?:-[0-9a-f]{4,12}){4}', '00000000-0000-4000-8000-000000000000'],
  ['^\\s*\\d{2,3}\\s*$', '00'],
];
/** A sentence that stands there only when the last day is a holiday. */
const SOMETIMES = '有効期間の末日が休みの日のため';
/** What administrators announce in other tests. */
const ANNOUNCED = 'section[aria-label="緊急のお知らせ"], section[aria-label="お知らせ"]';

/** Both weights of our font are there before a page is drawn, as on a second visit: `font-display: optional` shows it only then. */
export async function keepFonts(page: Page): Promise<void> {
  await page.goto('/');
  await page.evaluate(() =>
    Promise.all(['16px Koshu', 'bold 16px Koshu'].map((font) => document.fonts.load(font, 'あ'))),
  );
}

interface DevtoolsNode {
  readonly nodeId: number;
  readonly nodeType: number;
  readonly children?: readonly DevtoolsNode[];
}

/** Marks every element with letters that come in a font of the machine and not in ours, and says how many there are. */
async function markOtherFonts(page: Page): Promise<number> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('DOM.enable');
  await devtools.send('CSS.enable');
  const { root } = await devtools.send('DOM.getDocument', { depth: -1 });
  const marked = new Set<number>();
  const visit = async (node: DevtoolsNode): Promise<void> => {
    for (const child of node.children ?? []) {
      if (child.nodeType !== 3) {
        await visit(child);
        continue;
      }
      const { fonts } = await devtools.send('CSS.getPlatformFontsForNode', { nodeId: child.nodeId });
      if (fonts.some(({ isCustomFont }) => !isCustomFont)) marked.add(node.nodeId);
    }
  };
  await visit(root);
  for (const nodeId of marked)
    await devtools.send('DOM.setAttributeValue', { nodeId, name: 'data-other-font', value: '' });
  await devtools.detach();
  return marked.size;
}

/** The same words on every day and for everybody. */
async function makeSteady(page: Page): Promise<void> {
  await page.evaluate(
    ({ steady, sometimes, announced }) => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const gone: Element[] = [];
      while (walker.nextNode()) {
        const node = walker.currentNode;
        const before = node.nodeValue ?? '';
        const after = steady.reduce(
          (text, [pattern, words]) => text.replaceAll(new RegExp(pattern, 'g'), words),
          before,
        );
        if (after !== before) node.nodeValue = after;
        if (before.startsWith(sometimes) && node.parentElement) gone.push(node.parentElement);
      }
      for (const element of gone) element.remove();
      for (const banner of document.querySelectorAll(announced)) banner.remove();
    },
    { steady: STEADY, sometimes: SOMETIMES, announced: ANNOUNCED },
  );
}

/**
 * The page that is open looks as in approved/<project>/<name>.png, which a person has looked at. Letters in other fonts than ours, and codes,
 * are covered: they differ between machines and days. `npm run approve` writes the pictures anew.
 */
export async function looksAsApproved(page: Page, name: string): Promise<void> {
  let hidden = Infinity;
  for (let count = 0; count < TRIES; count += 1) {
    if (count > 0) await page.reload();
    await page.waitForLoadState('networkidle');
    await makeSteady(page);
    hidden = await markOtherFonts(page);
    if (hidden <= MOST_HIDDEN) break;
  }
  expect(hidden, `so much of ${name} is in another font`).toBeLessThanOrEqual(MOST_HIDDEN);
  await expect.soft(page).toHaveScreenshot(`${name}.png`, {
    fullPage: true,
    mask: [page.locator('[data-other-font], svg[role=img]')],
    maskColor: '#8a8a8a',
  });
}
