import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { lookWithoutPicture } from './look.ts';

const folder = path.join(import.meta.dirname, '../heard');
const MOST_STOPS = 80;

interface Stop {
  readonly name: string;
  readonly hasRing: boolean;
  /** Not under anything else, and within the window (WCAG 2.2, 2.4.11). */
  readonly isSeen: boolean;
}

/** What has the keyboard's focus, or null for the page itself. */
const readStop = (page: Page): Promise<Stop | null> =>
  page.evaluate(async () => {
    // What is focused is scrolled to before the next picture is drawn.
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const focused = document.activeElement;
    if (!(focused instanceof HTMLElement) || focused === document.body) return null;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(focused);
    const { left, top, width, height } = focused.getBoundingClientRect();
    const there = document.elementFromPoint(left + width / 2, top + height / 2);
    const label =
      focused.getAttribute('aria-label') ?? document.querySelector(`label[for="${focused.id}"]`)?.textContent;
    const words = label ?? (focused.closest('label') ?? focused).textContent;
    return {
      name: `${focused.getAttribute('role') ?? focused.localName}: ${words.replaceAll(/\s+/g, ' ').trim()}`,
      hasRing: (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || boxShadow !== 'none',
      isSeen: there !== null && (focused.contains(there) || there.contains(focused)),
    };
  });

/** Every stop of the Tab key from the top of the page to its end. Each has a ring that can be seen, and nothing lies over it. */
export async function tabThrough(page: Page): Promise<string[]> {
  await page.evaluate(() => {
    // The Tab key goes on from the last place that was focused: from the page itself it begins at the top.
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute('tabindex');
    scrollTo(0, 0);
  });
  const stops: string[] = [];
  for (let count = 0; count < MOST_STOPS; count += 1) {
    await page.keyboard.press('Tab');
    const stop = await readStop(page);
    if (stop === null || (count > 0 && stop.name === stops[0])) return stops;
    expect.soft(stop.hasRing, `the focus is seen on "${stop.name}"`).toBe(true);
    expect.soft(stop.isSeen, `nothing lies over "${stop.name}"`).toBe(true);
    stops.push(stop.name);
  }
  throw new Error(`more than ${MOST_STOPS} stops, or a trap: ${stops.slice(-4).join(', ')}`);
}

/** What differs from day to day and from person to person. */
const steady = (text: string): string =>
  text
    // What SvelteKit says aloud after a step without a load: the page's title, for a moment.
    .replaceAll(/^- text: .* \| Koshu\n/gm, '')
    .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4,12}){4}/g, '<id>')
    .replaceAll(/\d{4}年\(令和(?:\d+|元)年\)\d+月\d+日(?:\(.\))?/g, '<日付>')
    .replaceAll(/\d+:\d+/g, '<時刻>')
    .replaceAll(/\d+分\d+秒/g, '<時間>')
    .replaceAll(/約\d+分/g, '約<分>')
    .replaceAll(/末尾 \d+/g, '末尾 <番号>')
    .replaceAll(/K\d{2}-\d{4}-\d{4}-[0-9A-Z*]/g, 'K<番号>')
    .replaceAll(/[\d,]+円/g, '<金額>');

/**
 * What a listener hears of the page, from top to bottom, and where the Tab key stops, as in heard/<name>.txt. After a change that is meant,
 * read what is written by `npx playwright test --project=pc --update-snapshots tests/e2e/access-keyboard.e2e.ts`.
 */
export async function hear(page: Page, name: string): Promise<void> {
  const tree = await page.locator('body').ariaSnapshot();
  await lookWithoutPicture(page, `${name} by keyboard`);
  const stops = await tabThrough(page);
  const heard = steady(`${tree}\n\n# Tab\n${stops.join('\n')}\n`);
  const file = path.join(folder, `${name}.txt`);
  const wanted = test.info().config.updateSnapshots;
  if (wanted === 'all' || wanted === 'changed' || !existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, heard);
    return;
  }
  expect.soft(heard, `what is heard of ${name}`).toBe(readFileSync(file, 'utf8'));
}

/** What this page asks a person to fill in, each by its words: a group by its legend. */
export const askedOn = (page: Page): Promise<string[]> =>
  page
    .getByRole('main')
    .locator('input:not([type=hidden]), select, textarea')
    .evaluateAll((fields) => [
      ...new Set(
        fields.map((field) => {
          const words =
            field.closest('fieldset')?.querySelector('legend') ?? (field as HTMLInputElement).labels?.[0];
          return (words?.textContent ?? field.id).trim();
        }),
      ),
    ]);

/** Presses Tab until this is focused: no mouse comes into it. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let count = 0; count < MOST_STOPS; count += 1) {
    await page.keyboard.press('Tab');
    const stop = await readStop(page);
    if (stop && name.test(stop.name)) return;
  }
  throw new Error(`the Tab key does not come to ${String(name)}`);
}
