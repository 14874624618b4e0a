import { expect, test, type Page } from '@playwright/test';
import { look } from './support/look.ts';
import { presentCard, signIn } from './support/sign-in.ts';
import { stackFacts } from './support/stack-facts.ts';

// Each kind of screen has people of its own, so that nobody signs out somebody whom another test needs.
const CAST = { phone: 'naoko', pc: 'yumi' } as const;
const personOf = (project: string) => CAST[project as keyof typeof CAST];

const cookieOf = async (page: Page, name: string) =>
  (await page.context().cookies()).find((cookie) => cookie.name === name)?.value;

test.describe('the sign-in page', () => {
  test('offers first what suits the device, and the others beneath', async ({ page }, info) => {
    await page.goto('/sign-in');
    const [app, reader] = [
      page.getByRole('link', { name: 'スマートフォンで本人確認する' }),
      page.getByRole('link', { name: 'カードリーダーで本人確認する' }),
    ];
    const top = async (link: typeof app) => (await link.boundingBox())!.y;
    const isPhone = info.project.name === 'phone';
    await expect.poll(async () => (await top(app)) < (await top(reader))).toBe(isPhone);
    await expect(app).toHaveAttribute('href', '/sign-in/app?next=%2Feligibility');
    await expect(reader).toHaveAttribute('href', '/sign-in/card-reader?next=%2Feligibility');
    await look(page, 'sign-in');
  });

  test('works without a script as far as it can @phone', async ({ browser }) => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto('/sign-in?next=%2Frecord');
    await expect(page.getByRole('link', { name: 'スマートフォンで本人確認する' })).toHaveAttribute(
      'href',
      '/sign-in/app?next=%2Frecord',
    );
    await page.getByRole('link', { name: '試験用のカードで試す' }).click();
    await expect(page.locator('noscript p').last()).toBeVisible();
    await context.close();
  });

  test('tells whoever tries too often how long to wait @phone', async ({ page }) => {
    await page.goto('/sign-in/card-file');
    const answers = await page.evaluate(async () => {
      const statuses: number[] = [];
      let retryAfter: string | null = null;
      for (let number = 0; number < 31; number += 1) {
        const response = await fetch('/api/trpc/signIn.openCardChallenge', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
        });
        statuses.push(response.status);
        retryAfter = response.headers.get('retry-after');
      }
      return { statuses, retryAfter };
    });
    expect(answers.statuses.slice(0, 30).every((status) => status === 200)).toBe(true);
    expect(answers.statuses.at(-1)).toBe(429);
    expect(Number(answers.retryAfter)).toBeGreaterThan(0);
    await presentCard(page, 'hanako');
    await expect(page.getByRole('alert')).toContainText(/[1-5]分ほど待ってから/);
    await look(page, 'sign-in-too-many');
  });

  test('counts made-up answers and invitations too @pc', async ({ page }) => {
    await page.goto('/sign-in/card-file');
    const form = { challengeId: 'x', certificate: 'x', signature: 'x' };
    const headers = { origin: stackFacts().origin, accept: 'text/html' };
    const post = () => page.request.post('/sign-in/card-file?/answer', { form, headers });
    for (let number = 0; number < 30; number += 1) expect((await post()).status()).toBe(400);
    const refused = await post();
    expect(refused.status()).toBe(429);
    expect(Number(refused.headers()['retry-after'])).toBeGreaterThan(0);
    for (let number = 0; number < 30; number += 1) await page.request.get('/invitation/made-up');
    await page.goto('/invitation/made-up');
    await expect(page.getByText('too_many_requests')).toBeVisible();
  });
});

test.describe('a session', () => {
  test('is another one than a stranger planted, and so is the browser’s cookie @phone', async ({
    page,
    browser,
  }, info) => {
    const url = stackFacts().origin;
    const planted = [
      { name: 'koshu-session', value: 'a'.repeat(40), url },
      { name: 'koshu-browser', value: 'b'.repeat(43), url },
    ];
    await page.context().addCookies(planted);
    await signIn(page, personOf(info.project.name));
    expect(await cookieOf(page, 'koshu-session')).not.toBe(planted[0]!.value);
    expect(await cookieOf(page, 'koshu-browser')).not.toBe(planted[1]!.value);
    const stranger = await browser.newContext();
    await stranger.addCookies(planted);
    const theirs = await stranger.newPage();
    await theirs.goto('/eligibility');
    await expect(theirs).toHaveURL(/\/sign-in\?next=/);
    await stranger.close();
  });

  test('says whose it is, and 「別の人です」 ends it with one press', async ({ page }, info) => {
    await signIn(page, personOf(info.project.name));
    const name = info.project.name === 'phone' ? '小林 直○' : '渡辺 由○';
    const whose = page.getByRole('form', { name: 'サインインしている人' });
    await expect(whose).toContainText(new RegExp(`${name} さん\\(免許証番号の末尾 \\d{4}\\)`));
    await look(page, 'eligibility-whose');
    const session = await cookieOf(page, 'koshu-session');
    await page.getByRole('button', { name: '別の人です' }).click();
    await expect(page.getByText('カードを取り出し')).toBeVisible();
    await look(page, 'sign-out-not-me');
    await page.context().addCookies([{ name: 'koshu-session', value: session!, url: stackFacts().origin }]);
    await page.goto('/eligibility');
    await expect(page, 'with the cookie of before').toHaveURL(/\/sign-in\?next=/);
  });

  test('can be ended from another device, which is out on the next request', async ({
    page,
    browser,
  }, info) => {
    const library = await browser.newContext({
      userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0',
    });
    const forgotten = await library.newPage();
    await signIn(forgotten, personOf(info.project.name));
    await signIn(page, personOf(info.project.name));
    await page.getByRole('link', { name: 'サインイン中の端末' }).click();
    await expect(page.getByText('この端末', { exact: true })).toBeVisible();
    const there = page.getByRole('listitem').filter({ hasText: 'Windows のパソコンの Firefox' }).first();
    await look(page, 'sessions');
    await there.getByRole('button', { name: /サインアウトする/ }).click();
    await expect(page.getByText('1 台をサインアウトしました')).toBeVisible();
    await forgotten.goto('/eligibility');
    await expect(forgotten).toHaveURL(/\/sign-in\?next=/);
    await expect(forgotten.getByRole('alert')).toContainText('理由コード: session_over');
    await page.goto('/eligibility');
    await expect(page).toHaveURL(/\/eligibility$/);
    await library.close();
  });
});

test('nothing that changes something is done for another site @pc', async ({ page }, info) => {
  await signIn(page, personOf(info.project.name));
  const photo = { photo: { name: 'a.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('x') } };
  const chapter = '00000000-0000-4000-8000-000000000000';
  const foreign: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site', origin: stackFacts().origin },
  ];
  const upload = {
    'tus-resumable': '1.0.0',
    'upload-length': '5',
    'content-type': 'application/offset+octet-stream',
  };
  const json = { 'content-type': 'application/json' };
  for (const headers of foreign) {
    const answers = {
      form: await page.request.post('/sign-out', { form: { reason: '' }, headers }),
      sessions: await page.request.post('/sessions?/endOthers', { form: {}, headers }),
      procedure: await page.request.post('/api/trpc/viewing.open', {
        data: JSON.stringify({ chapterId: chapter }),
        headers: { ...headers, ...json },
      }),
      heartbeat: await page.request.post('/api/trpc/viewing.report', {
        data: '{}',
        headers: { ...headers, ...json },
      }),
      upload: await page.request.post('/uploads', { headers: { ...headers, ...upload } }),
      part: await page.request.patch('/uploads/x', { headers: { ...headers, ...upload } }),
      photo: await page.request.post(`/lecture/${chapter}/photo`, { multipart: photo, headers }),
    };
    for (const [kind, answer] of Object.entries(answers)) {
      expect(answer.status(), `${kind} with ${JSON.stringify(headers)}`).toBe(403);
    }
  }
  await page.goto('/eligibility');
  await expect(page, 'and the person is still signed in').toHaveURL(/\/eligibility$/);
});
