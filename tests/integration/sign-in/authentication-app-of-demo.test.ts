import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ProviderVisitor, startTestAuthenticationApp, type Page } from '../../support/authentication-app.ts';

const CALLBACK = 'http://localhost:3000/sign-in/app/callback';
const VERIFIER = 'v'.repeat(43);

let app: Awaited<ReturnType<typeof startTestAuthenticationApp>>;
let visitor: ProviderVisitor;
let visit: Page;

beforeAll(async () => {
  app = await startTestAuthenticationApp([
    { id: 'hanako', nameJa: '山田 <花子>', pin: '1101', status: 'valid' },
    { id: 'naoko', nameJa: '小林 直子', pin: '9909', status: 'valid' },
    { id: 'ichiro', nameJa: '佐藤 一郎', pin: '2202', status: 'valid' },
    { id: 'megumi', nameJa: '吉田 恵', pin: '1111', status: 'revoked' },
    { id: 'manabu', nameJa: '山本 学', pin: '1212', status: 'expired' },
    { id: 'shinobu', nameJa: '井上 忍', pin: '1414', status: 'foreign' },
    { id: 'sakura', nameJa: '木村 さくら', pin: '1515', status: 'signing' },
  ]);
});
afterAll(() => app.remove());

const request = (change: Record<string, string> = {}) => {
  const url = new URL(`${app.issuer}/protocol/openid-connect/auth`);
  const usual = {
    ...{ client_id: 'koshu', redirect_uri: CALLBACK, response_type: 'code', scope: 'openid' },
    ...{ state: 's', nonce: 'n', code_challenge_method: 'S256' },
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
  };
  for (const [name, value] of Object.entries({ ...usual, ...change })) {
    if (value !== '') url.searchParams.set(name, value);
  }
  return url;
};
const open = async () => {
  visitor = new ProviderVisitor();
  visit = await visitor.go(request());
};

describe('the authentication app of the demo', () => {
  it('offers the test cards, says who asks, and that it is not the real one', async () => {
    await open();
    expect(visit.status).toBe(200);
    expect(visit.text).toContain('デジタル認証アプリ(試験用)');
    expect(visit.text).toContain('オンライン更新時講習');
    expect(visit.text).toContain('小林 直子');
    expect(visit.text).toContain('山田 &lt;花子&gt;');
  });

  it('allows its pages the one style that they bring, and nothing else', async () => {
    await open();
    const [, style = ''] = /<style>([^<]*)<\/style>/.exec(visit.text) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    const policy = visit.headers.get('content-security-policy');
    expect(policy).toContain(`default-src 'none'; style-src 'sha256-${hash}'`);
    expect(policy).toContain("form-action 'self' http://localhost:3000;");
  });

  it('accepts a card with its PIN, in full-width digits too', async () => {
    await open();
    const { url } = await visitor.present(visit, 'hanako', '１１０１');
    expect(url.href.startsWith(`${CALLBACK}?code=`)).toBe(true);
  });

  it('says how many tries are left, and locks the card after the third', async () => {
    await open();
    expect((await visitor.present(visit, 'naoko', '0000')).text).toContain('あと2回');
    expect((await visitor.present(visit, 'naoko', '0000')).text).toContain('あと1回');
    expect((await visitor.present(visit, 'naoko', '0000')).text).toContain('使えなくなりました');
    expect((await visitor.present(visit, 'naoko', '9909')).text).toContain('使えなくなりました');
  });

  it('counts three tries at once as three', async () => {
    await open();
    const tries = ['0000', '0001', '0002', '0003', '0004'].map((pin) =>
      visitor.present(visit, 'ichiro', pin),
    );
    const texts = (await Promise.all(tries)).map(({ text }) => text);
    expect(texts.filter((text) => text.includes('使えなくなりました')).length).toBeGreaterThanOrEqual(3);
    expect((await visitor.present(visit, 'ichiro', '2202')).text).toContain('使えなくなりました');
  });

  it('forgets the wrong tries when the right PIN comes', async () => {
    for (const pin of ['0000', '0000', '1101', '0000', '0000', '1101']) {
      await open();
      await visitor.present(visit, 'hanako', pin);
    }
    await open();
    expect((await visitor.present(visit, 'hanako', '0000')).text).toContain('あと2回');
  });

  it.each([
    ['megumi', '1111', '失効しています'],
    ['manabu', '1212', '有効期限が切れています'],
    ['shinobu', '1414', '認証に使えません'],
    ['sakura', '1515', '認証に使えません'],
  ])('does not accept the card of %s', async (card, pin, words) => {
    await open();
    const { status, text } = await visitor.present(visit, card, pin);
    expect(status).toBe(422);
    expect(text).toContain(words);
  });

  it.each(['', '12', '12345', 'abcd', '1'.repeat(100_000)])(
    'asks again for a PIN of another form',
    async (pin) => {
      await open();
      const { status, url } = await visitor.present(visit, 'hanako', pin);
      expect(status).toBe(422);
      expect(url.host).toBe(new URL(app.issuer).host);
    },
  );

  it.each(['', 'nobody', '../people', '__proto__'])('has no card called "%s"', async (card) => {
    await open();
    expect((await visitor.present(visit, card, '1101')).status).toBe(422);
  });

  it('asks for the card again of whoever comes next on the same device', async () => {
    await open();
    await visitor.present(visit, 'hanako', '1101');
    expect((await visitor.go(request())).text).toContain('カードを選ぶ');
  });

  it('lets nobody else go on with a visit', async () => {
    await open();
    const { status } = await new ProviderVisitor().present(visit, 'hanako', '1101');
    expect(status).toBe(400);
  });

  it.each([
    ['no PKCE', { code_challenge: '', code_challenge_method: '' }],
    ['plain PKCE', { code_challenge_method: 'plain' }],
    ['the implicit flow', { response_type: 'id_token' }],
  ])('refuses a request with %s', async (_, change) => {
    const { url } = await new ProviderVisitor().go(request(change));
    expect(url.searchParams.get('error') ?? url.hash).toMatch(/invalid|unsupported/);
  });

  it.each([
    ['an unknown service', { client_id: 'stranger' }],
    ['another address to come back to', { redirect_uri: 'http://localhost:3000/elsewhere' }],
  ])('sends nobody anywhere for %s', async (_, change) => {
    const { status, url } = await new ProviderVisitor().go(request(change));
    expect(status).toBe(400);
    expect(url.host).toBe(new URL(app.issuer).host);
  });
});
