import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '#lib/domain/limits.ts';
import type { App } from '#lib/server/app.ts';
import { openAuthenticationApp } from '#lib/server/sign-in/authentication-app/authentication-app.ts';
import { finishAppSignIn } from '#lib/server/sign-in/authentication-app/finish-app-sign-in.ts';
import { startAppSignIn } from '#lib/server/sign-in/authentication-app/start-app-sign-in.ts';
import { linkCredential } from '#lib/server/sign-in/link-credential.ts';
import { findActor } from '#lib/server/sessions/find-actor.ts';
import {
  answerAtProvider,
  ProviderVisitor,
  startTestAuthenticationApp,
} from '../../support/authentication-app.ts';
import { seedTestPeople } from '../../support/people.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';
import { expectRefusal } from '../certificates/test-pki.ts';
import { BROWSER, CONTEXT } from './signed-card.ts';

const PEOPLE = [
  { id: 'hanako', nameJa: '山田 花子', pin: '1101', status: 'valid' },
  { id: 'akiko', nameJa: '高橋 昭子', pin: '4404', status: 'valid' },
  { id: 'aoi', nameJa: '松本 葵', pin: '1313', status: 'valid' },
] as const;

let provider: Awaited<ReturnType<typeof startTestAuthenticationApp>>;
let test: TestApp;
let app: App;
let driverIds: ReadonlyMap<string, string>;

beforeAll(async () => {
  provider = await startTestAuthenticationApp(PEOPLE);
  const { trustDir, crlDir } = provider.testCa;
  const env = { ...provider.settings, OIDC_ACR_VALUES: 'aal3 crl', TRUST_DIR: trustDir, CRL_DIR: crlDir };
  test = await makeTestApp({ now: new Date().toISOString(), env });
  app = test.app;
  ({ driverIds } = await seedTestPeople(app));
  for (const id of ['hanako', 'akiko']) {
    const identity = { kind: 'oidc', issuer: provider.issuer, subject: provider.subjectOf(id) } as const;
    await linkCredential(app, 'system', { driverId: driverIds.get(id)!, identity });
  }
});
afterAll(async () => {
  await test.close();
  await provider.remove();
});

const start = (next: string | null = null, browserToken = BROWSER) =>
  startAppSignIn(app, { browserToken, next });
const finish = (answer: URLSearchParams, context = CONTEXT) => finishAppSignIn(app, context, answer);
const answerOf = async (id: 'hanako' | 'akiko' | 'aoi', address?: URL) =>
  answerAtProvider(address ?? (await start()), id, PEOPLE.find((person) => person.id === id)!.pin);
const altered = (answer: URLSearchParams, change: (altered: URLSearchParams) => void) => {
  const copy = new URLSearchParams(answer);
  change(copy);
  return copy;
};

describe('signing in by the authentication app', () => {
  it('begins a session for the driver whom the subject is linked to, and writes it down', async () => {
    const { entrance, next } = await finish(await answerOf('hanako', await start('/lecture')));
    expect(next).toBe('/lecture');
    const token = 'token' in entrance ? entrance.token : '';
    expect(await findActor(app, token)).toMatchObject({ kind: 'learner', driverId: driverIds.get('hanako') });
    const events = await app.pool.query(`select detail from audit_event where what = 'session.begun'`);
    const { host } = new URL(provider.issuer);
    expect(events.rows).toEqual([{ detail: { method: 'oidc', issuer: host, acr: 'aal3 crl' } }]);
  });

  it('asks for nothing but openid, with PKCE, state and nonce of 256 bits each', async () => {
    const { searchParams } = await start();
    expect(Object.fromEntries(searchParams)).toMatchObject({
      response_type: 'code',
      scope: 'openid',
      client_id: 'koshu',
      redirect_uri: 'http://localhost:3000/sign-in/app/callback',
      code_challenge_method: 'S256',
      acr_values: 'aal3 crl',
      ui_locales: 'ja',
    });
    expect(searchParams.get('nonce')).toMatch(/^[\w-]{43}$/);
    expect(searchParams.get('state')).toMatch(/^[\da-f-]{36}\.[\w-]{43}$/);
    expect(searchParams.get('code_challenge')).toMatch(/^[\w-]{43}$/);
  });

  it('knows the same person again after the provider was started anew', async () => {
    await provider.restart();
    await expect(finish(await answerOf('hanako'))).resolves.toBeDefined();
  });

  it('opens no account for a subject that nobody has linked', async () => {
    const before = await app.pool.query('select id from credential');
    const outcome = await finish(await answerOf('aoi')).then(
      ({ entrance }) => entrance.kind,
      (refusal: Error) => refusal.message,
    );
    expect(['firstLink', 'card_not_linked']).toContain(outcome);
    expect((await app.pool.query('select id from credential')).rowCount).toBe(before.rowCount);
  });

  it('keeps no way to go that is longer than any of ours', async () => {
    const { next } = await finish(
      await answerOf('hanako', await start(`/${'x'.repeat(LIMITS.nextMaxLength)}`)),
    );
    expect(next).toBeNull();
  });
});

describe('an answer', () => {
  it('counts once', async () => {
    const answer = await answerOf('hanako');
    await finish(answer);
    await expectRefusal(finish(answer), 'challenge_used');
  });

  it('lets one in of two who bring it at the same time', async () => {
    const answer = await answerOf('hanako');
    const outcomes = await Promise.allSettled([finish(answer), finish(answer)]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('is of no use in another browser, and is spent by the attempt', async () => {
    const answer = await answerOf('hanako');
    const other = { ...CONTEXT, browserToken: 'b'.repeat(43) };
    await expectRefusal(finish(answer, other), 'challenge_other_browser');
    await expectRefusal(finish(answer), 'challenge_used');
  });

  it('is of no use after ten minutes', async () => {
    const answer = await answerOf('hanako');
    test.clock.advance(LIMITS.appSignInTtlMs + 1);
    await expectRefusal(finish(answer), 'challenge_expired');
    test.clock.advance(-LIMITS.appSignInTtlMs - 1);
  });

  it.each<[string, (answer: URLSearchParams) => void]>([
    ['no state', (answer) => answer.delete('state')],
    ['an empty state', (answer) => answer.set('state', '')],
    ['two states', (answer) => answer.append('state', answer.get('state')!)],
    [
      'a state that we never made',
      (answer) => answer.set('state', `${crypto.randomUUID()}.${'x'.repeat(43)}`),
    ],
    [
      'a state with another secret',
      (answer) => answer.set('state', `${answer.get('state')!.slice(0, 36)}.${'x'.repeat(43)}`),
    ],
    ['100 kB of state', (answer) => answer.set('state', 'x'.repeat(100_000))],
  ])('with %s belongs to no request', async (_, change) => {
    await expectRefusal(finish(altered(await answerOf('hanako'), change)), 'challenge_unknown');
  });

  it.each<[string, (answer: URLSearchParams) => void]>([
    ['no code', (answer) => answer.delete('code')],
    ['an empty code', (answer) => answer.set('code', '')],
    ['two codes', (answer) => answer.append('code', 'x')],
    ['a code that the provider never gave', (answer) => answer.set('code', 'x'.repeat(43))],
    ['100 kB of code', (answer) => answer.set('code', 'x'.repeat(100_000))],
    ['both code and error', (answer) => answer.set('error', 'access_denied')],
    ['an error that we do not know', (answer) => (answer.delete('code'), answer.set('error', '<b>'))],
    ['an ID token in the address', (answer) => answer.set('id_token', 'x.y.z')],
    ['the name of another provider', (answer) => answer.set('iss', 'https://example.com')],
  ])('with %s is not believed', async (_, change) => {
    await expectRefusal(finish(altered(await answerOf('hanako'), change)), 'provider_answer_invalid');
  });

  it('with nothing in it belongs to no request', async () => {
    await expectRefusal(finish(new URLSearchParams()), 'challenge_unknown');
  });
});

describe('codes and requests that do not belong together', () => {
  it('are the code of one tab and the state of another', async () => {
    const [one, two] = [await answerOf('hanako'), await answerOf('akiko')];
    const mixed = altered(one, (answer) => answer.set('code', two.get('code')!));
    await expectRefusal(finish(mixed), 'provider_answer_invalid');
  });

  it("are a thief's code in the victim's browser", async () => {
    const thief = 't'.repeat(43);
    const stolen = await answerOf('akiko', await start(null, thief));
    await expectRefusal(finish(stolen), 'challenge_other_browser');
    const victims = await answerOf('hanako');
    const injected = altered(victims, (answer) => answer.set('code', stolen.get('code')!));
    await expectRefusal(finish(injected), 'provider_answer_invalid');
  });

  it('are a code that was given to another service', async () => {
    const config = {
      ...app.config.authenticationApp!,
      clientId: 'other',
      privateKeyFile: provider.otherKeyFile,
    };
    const other = await openAuthenticationApp({ ...app.config, authenticationApp: config });
    const address = await startAppSignIn(
      { ...app, authenticationApp: other },
      { browserToken: BROWSER, next: null },
    );
    const theirs = await answerOf('hanako', address);
    const ours = await answerOf('hanako');
    const injected = altered(ours, (answer) => answer.set('code', theirs.get('code')!));
    await expectRefusal(finish(injected), 'provider_answer_invalid');
  });

  it('are a request that is signed with a key that the provider does not know', async () => {
    const config = { ...app.config.authenticationApp!, privateKeyFile: provider.otherKeyFile };
    const impostor = await openAuthenticationApp({ ...app.config, authenticationApp: config });
    const answer = await answerOf('hanako');
    await expectRefusal(
      finishAppSignIn({ ...app, authenticationApp: impostor }, CONTEXT, answer),
      'provider_answer_invalid',
    );
  });
});

describe('a person at the app', () => {
  it('who does not go on hears that nothing happened', async () => {
    const visitor = new ProviderVisitor();
    const { url } = await visitor.cancel(await visitor.go(await start()));
    await expectRefusal(finish(url.searchParams), 'app_sign_in_cancelled');
  });

  it('who opens two tabs gets in by each of them', async () => {
    const [first, second] = [await start('/a'), await start('/b')];
    const visitor = new ProviderVisitor();
    const [one, two] = [await visitor.go(first), await visitor.go(second)];
    const answers = [
      await visitor.present(one, 'hanako', '1101'),
      await visitor.present(two, 'akiko', '4404'),
    ];
    const nexts = await Promise.all(answers.map(({ url }) => finish(url.searchParams)));
    expect(nexts.map(({ next }) => next)).toEqual(['/a', '/b']);
  });
});

describe('a provider that is down', () => {
  it('does not keep Koshu from starting, and is named as what is missing', async () => {
    const answer = await answerOf('hanako');
    await provider.stop();
    const again = await openAuthenticationApp(app.config);
    expect(again).not.toBeNull();
    await expectRefusal(finish(answer), 'provider_unavailable');
    await provider.restart();
  });
});
