import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { look } from './support/look.ts';
import { PEOPLE, type PersonId } from './support/sign-in.ts';
import { stackFacts } from './support/stack-facts.ts';

const cardFile = (name: string) => path.join(stackFacts().folder, 'test-ca/cards', name);

/** A browser of its own, with this person's card in the reader; or with an empty reader. */
async function openBrowser(browser: Browser, person: PersonId | null): Promise<Page> {
  const { cardOrigin } = stackFacts();
  const clientCertificates = person
    ? [{ origin: cardOrigin, pfxPath: cardFile(`${person}.p12`), passphrase: PEOPLE[person].pin }]
    : [];
  // The demo's card host is by an authority that no browser knows.
  const context = await browser.newContext({ clientCertificates, ignoreHTTPSErrors: true });
  return context.newPage();
}

async function signInByReader(page: Page): Promise<void> {
  await page.goto('/sign-in');
  await page.locator('a[href^="/sign-in/card-reader"]:visible').click();
}

test.describe('a card in a reader @pc', () => {
  test('signs in over TLS, and the address keeps no ticket', async ({ browser }) => {
    const page = await openBrowser(browser, 'hanako');
    const visited: string[] = [];
    page.on('request', (request) => {
      if (request.isNavigationRequest()) visited.push(request.url());
    });
    await signInByReader(page);
    await expect(page).toHaveURL(/\/eligibility$/);
    expect(visited.some((url) => url.startsWith(`${stackFacts().cardOrigin}/?request=`))).toBe(true);
    const cookies = await page.context().cookies(stackFacts().cardOrigin);
    expect(cookies).toEqual([]);

    const ticket = visited.find((url) => url.includes('/ticket?')) ?? '';
    const thief = await openBrowser(browser, null);
    await thief.goto(ticket);
    await expect(thief.getByRole('alert')).toContainText('理由コード: challenge_used');
    await thief.context().close();
    await page.context().close();
  });

  const REFUSED: [PersonId | null, string, RegExp][] = [
    [null, 'certificate_missing', /電子証明書を、受け取れませんでした/],
    ['megumi', 'certificate_revoked', /失効しています/],
    ['manabu', 'certificate_expired', /有効期限が切れています/],
    ['shinobu', 'certificate_untrusted', /確認できる発行者/],
  ];
  for (const [person, code, words] of REFUSED) {
    test(`that does not come in is told why: ${code}`, async ({ browser }) => {
      const page = await openBrowser(browser, person);
      await signInByReader(page);
      await expect(page).toHaveURL(/\/sign-in$/);
      await expect(page.getByRole('alert')).toContainText(words);
      await expect(page.getByRole('alert')).toContainText(`理由コード: ${code}`);
      if (person === null) await look(page, 'sign-in-card-reader-missing');
      await page.goto('/eligibility');
      await expect(page).toHaveURL(/\/sign-in\?next=/);
      await page.context().close();
    });
  }

  test('meets a page with the way back when the request is over', async ({ browser }) => {
    const page = await openBrowser(browser, 'hanako');
    await page.goto(`${stackFacts().cardOrigin}/?request=00000000-0000-4000-8000-000000000000`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('この手順は終わっています');
    await look(page, 'card-host-request-over');
    await page.getByRole('link', { name: 'サインインのページへ戻る' }).click();
    await expect(page).toHaveURL(/\/sign-in$/);
    await page.context().close();
  });

  test('is not a header: the pages believe no certificate that a request writes down', async ({
    request,
  }) => {
    const card = JSON.parse(readFileSync(cardFile('hanako.card.json'), 'utf8')) as { certificate: string };
    const pem = `-----BEGIN CERTIFICATE-----\n${card.certificate}\n-----END CERTIFICATE-----\n`;
    const names = [
      ...['client-cert', 'Client-Cert', 'X-Client-Cert', 'X-Forwarded-Client-Cert', 'SSL-Client-Cert'],
      ...['x-ssl-client-escaped-cert', 'X_SSL_CLIENT_ESCAPED_CERT', 'X-SSL-Client-Cert', 'X-ARR-ClientCert'],
    ];
    const ask = async (address: string, name: string, value: string) => {
      const headers = { [name]: value, 'x-koshu-tls-session': '.', 'x-koshu-proxy-secret': '' };
      const answer = await request.get(address, { headers, maxRedirects: 0 });
      expect([answer.status(), answer.headers()['location']?.replace(/\?.*/, '')]).toEqual([303, '/sign-in']);
      expect(answer.headers()['set-cookie'] ?? '').not.toContain('koshu-session');
    };
    for (const name of names) {
      for (const value of [`:${card.certificate}:`, encodeURIComponent(pem), card.certificate, ''])
        await ask('/eligibility', name, value);
    }
    await ask('/sign-in/card-reader/ticket', 'client-cert', `:${card.certificate}:`);
    await ask('/sign-in/card-reader/ticket?ticket=', 'x-ssl-client-escaped-cert', encodeURIComponent(pem));
  });

  test('can be tried with the certificate that the demo hands out', async ({ request }) => {
    const answer = await request.get('/demo/cards/hanako/p12');
    expect(answer.headers()['content-type']).toBe('application/x-pkcs12');
    expect(await answer.body()).toEqual(readFileSync(cardFile('hanako.p12')));
    for (const id of ['nobody', '..%2Fpeople', 'hanako%00', 'HANAKO'])
      expect((await request.get(`/demo/cards/${id}/p12`)).status()).toBe(404);
  });
});
