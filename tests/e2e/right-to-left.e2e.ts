import { expect, test, type Page } from '@playwright/test';
import { catalogue, FILES, withoutTerms } from '../support/catalogue.ts';
import { look } from './support/look.ts';
import { preparePeople, type Prepared } from './support/prepared.ts';
import { PEOPLE } from './support/sign-in.ts';
import { playTo, position } from './support/watching.ts';

/** The whole way in a language that is read from right to left, by that language's words alone. */
const LANGUAGE = 'ur';
const words = catalogue(LANGUAGE, FILES.learner);
const FREE = { phone: 'ehime', pc: 'kochi' } as const;

let people: Prepared;
test.beforeAll(async () => {
  people = await preparePeople(FREE[test.info().project.name as keyof typeof FREE], 1);
});
test.afterAll(() => people.close());

function say(key: string): string {
  const text = words[key];
  if (typeof text !== 'string') throw new Error(`no plain words are ${key}`);
  return text;
}
const button = (page: Page, key: string) => page.getByRole('button', { name: say(key), exact: true });
const link = (page: Page, key: string) => page.getByRole('link', { name: say(key) });

/** What is said of a page that says of itself that it is in this language: texts, and names that are only heard. */
const saidIn = (page: Page) =>
  page.evaluate(() => {
    const isOwn = (element: Element | null) =>
      element?.closest('script, style, noscript') === null &&
      element.closest('[lang]') === document.documentElement;
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    const said: string[] = [];
    while (walker.nextNode())
      if (isOwn(walker.currentNode.parentElement)) said.push(walker.currentNode.textContent ?? '');
    for (const element of document.querySelectorAll('*'))
      for (const name of ['aria-label', 'aria-valuetext', 'alt', 'title', 'placeholder'])
        if (isOwn(element)) said.push(element.getAttribute(name) ?? '');
    return said.map((text) => text.trim()).filter((text) => text !== '');
  });

/** What is Japanese by right: terms in brackets, the era of a year, what somebody is called, and a chapter's title in a name, which cannot be marked. */
const withoutRightful = (text: string) =>
  withoutTerms(text)
    .replaceAll(/\((?:令和|平成|昭和)\d+年\)/g, '')
    .replaceAll(/試験 新[子○]/g, '')
    .replaceAll(/^第1章 \| Koshu$|: 第1章$/g, '');

/** Looked at, from right to left, and no Japanese said that does not say so. */
async function see(page: Page, name: string): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  const japanese = (await saidIn(page)).filter((text) =>
    /[\p{sc=Hira}\p{sc=Kana}\p{sc=Han}]/u.test(withoutRightful(text)),
  );
  expect.soft(japanese, `Japanese on ${name}`).toEqual([]);
  // Its colours are those of every language.
  await look(page, `${name}-${LANGUAGE}`, false);
}

test.beforeEach(({ context, baseURL }) =>
  context.addCookies([{ name: 'koshu-locale', value: LANGUAGE, url: baseURL! }]),
);

test('a learner who reads from right to left gets from the first page to the record @phone', async ({
  page,
  context,
}) => {
  await test.step('signs in with a card', async () => {
    await page.goto('/');
    await see(page, 'home');
    await link(page, 'home_sign_in').click();
    await expect(page).toHaveURL(/\/sign-in$/);
    await see(page, 'sign-in');
    await link(page, 'sign_in_file_title').click();
    const card = page.getByRole('button', { name: 'Hanako Yamada' });
    await expect(card).toBeEnabled();
    await see(page, 'sign-in-cards');
    await card.click();
    await page.getByLabel(say('sign_in_pin_label')).fill(PEOPLE.hanako.pin);
    await see(page, 'sign-in-pin');
    await button(page, 'sign_in_submit').click();
    await expect(page).toHaveURL(/\/eligibility$/);
  });

  await test.step('reads, agrees', async () => {
    // Who signed in has a lecture of her own in another journey: from here somebody who has not begun.
    await people.signIn(context, null);
    await page.goto('/eligibility');
    await see(page, 'eligibility');
    await link(page, 'eligibility_go').click();
    await expect(page).toHaveURL(/\/consent$/);
    await see(page, 'consent');
    await page.getByLabel(say('consent_agree_terms')).check();
    await page.getByLabel(say('consent_agree_photos')).check();
    await button(page, 'consent_start').click();
    await expect(page).toHaveURL(/\/lecture$/);
    await see(page, 'lecture');
  });

  await test.step('watches, and time runs from left to right', async () => {
    await link(page, 'lecture_begin').click();
    await expect(page).toHaveURL(/\/watch$/);
    await expect(button(page, 'player_watch')).toBeEnabled();
    await see(page, 'watch-before');
    await button(page, 'player_watch').click();
    await playTo(page, 4);
    await button(page, 'player_control_pause').focus();
    const before = await position(page);
    await page.keyboard.press('ArrowLeft');
    expect(await position(page), 'the left arrow goes back').toBeLessThan(before - 3);
    await page.keyboard.press('ArrowRight');
    expect(await position(page), 'the right arrow jumps nowhere').toBeLessThan(before);
    const left = async (locator: ReturnType<typeof button>) => (await locator.boundingBox())!.x;
    expect
      .soft(await left(button(page, 'player_control_pause')))
      .toBeLessThan(await left(button(page, 'player_control_fullscreen')));
    await playTo(page, 8);
    const bar = page.getByRole('progressbar');
    expect.soft(await left(bar.locator('[data-fill]'))).toBeLessThan((await left(bar)) + 3);
    await see(page, 'watch');
    await expect(page).toHaveURL(/\/question$/, { timeout: 90_000 });
  });

  await test.step('answers, and sends a photo', async () => {
    await see(page, 'question');
    await page.getByRole('radio').first().check();
    await button(page, 'question_answer').click();
    await expect(page.getByRole('heading', { name: say('answer_title') })).toBeVisible();
    await see(page, 'answer');
    await link(page, 'answer_next').click();
    await expect(button(page, 'camera_start')).toBeEnabled();
    await see(page, 'photo');
    await button(page, 'camera_start').click();
    await button(page, 'camera_shoot').click();
    await expect(button(page, 'camera_send')).toBeVisible();
    await see(page, 'photo-taken');
    await button(page, 'camera_send').click();
    await expect(page).toHaveURL(/\/lecture$/);
  });

  await test.step('answers the survey and has the record', async () => {
    await link(page, 'lecture_to_survey').click();
    await expect(page).toHaveURL(/\/survey$/);
    await see(page, 'survey');
    for (const question of await page.getByRole('main').getByRole('group').all())
      await question.getByRole('radio').first().check();
    await button(page, 'survey_send').click();
    await expect(page).toHaveURL(/\/record$/);
    await expect(page.getByText(/K\d{2}-\d{4}-\d{4}-[0-9A-Z*]/).first()).toBeVisible();
    await see(page, 'record');
  });

  await test.step('asks for help, and is lost', async () => {
    await page.goto('/contact');
    await see(page, 'contact');
    await page.goto('/nowhere');
    await see(page, 'not-found');
  });
});

test('a learner who reads from right to left at a PC @pc', async ({ page, context }) => {
  await people.signIn(context, null);
  await page.goto('/eligibility');
  await see(page, 'eligibility');
  await link(page, 'eligibility_go').click();
  await expect(page).toHaveURL(/\/consent$/);
  await page.getByLabel(say('consent_agree_terms')).check();
  await page.getByLabel(say('consent_agree_photos')).check();
  await button(page, 'consent_start').click();
  await expect(page).toHaveURL(/\/lecture$/);
  await see(page, 'lecture');
  await link(page, 'lecture_begin').click();
  await expect(button(page, 'player_watch')).toBeEnabled();
  await see(page, 'watch-before');
  await people.signIn(context, 1);
  await page.goto('/record');
  await see(page, 'record');
});
