import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tokyoDate } from '#lib/domain/renewal/calendar.ts';
import type { App } from '#lib/server/app.ts';
import { getFirstLink } from '#lib/server/first-link/get-first-link.ts';
import { findDriverById } from '#lib/server/register/find-driver.ts';
import { findActor } from '#lib/server/sessions/find-actor.ts';
import { finishAppSignIn } from '#lib/server/sign-in/authentication-app/finish-app-sign-in.ts';
import { finishAppSignature } from '#lib/server/sign-in/authentication-app/finish-app-signature.ts';
import { startAppSignIn } from '#lib/server/sign-in/authentication-app/start-app-sign-in.ts';
import { startAppSignature } from '#lib/server/sign-in/authentication-app/start-app-signature.ts';
import { openAuthenticationApp } from '#lib/server/sign-in/authentication-app/authentication-app.ts';
import { namedPeople } from '../../../scripts/named-people.ts';
import { certifiedInformation, toTestPerson } from '../../../scripts/seed/named-cards.ts';
import { makeSigningCards } from '../../../scripts/test-ca/signing-cards.ts';
import {
  answerAtProvider,
  makeClientKey,
  ProviderVisitor,
  settingsFor,
  startTestAuthenticationApp,
} from '../../support/authentication-app.ts';
import { seedTestPeople } from '../../support/people.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';
import { expectRefusal } from '../certificates/test-pki.ts';
import { sendJson, startHostileProvider, type HostileProvider } from './hostile-provider.ts';

const AOI = namedPeople(tokyoDate(new Date())).find(({ id }) => id === 'aoi')!;
const { password } = AOI.signing!;

let provider: Awaited<ReturnType<typeof startTestAuthenticationApp>>;
let hostile: HostileProvider;
let test: TestApp;
let app: App;
let driverIds: ReadonlyMap<string, string>;
let keyFolder: string;
let context: { browserToken: string; userAgent: string };
let browsers = 0;

beforeAll(async () => {
  provider = await startTestAuthenticationApp([toTestPerson(AOI)]);
  hostile = await startHostileProvider();
  keyFolder = mkdtempSync(path.join(tmpdir(), 'koshu-client-key-'));
  const { trustDir, crlDir, outDir } = provider.testCa;
  const env = { ...provider.settings, OIDC_ACR_VALUES: 'aal3 crl', TRUST_DIR: trustDir, CRL_DIR: crlDir };
  test = await makeTestApp({ now: new Date().toISOString(), env });
  app = test.app;
  ({ driverIds } = await seedTestPeople(app));
  const driver = await findDriverById(app.db, driverIds.get('aoi')!);
  const fourInformation = certifiedInformation(AOI, {
    birthDate: driver?.birthDate ?? null,
    address: AOI.register?.address ?? '',
  });
  await makeSigningCards({ outDir, people: [{ id: 'aoi', holder: AOI.nameJa, password, fourInformation }] });
});
afterAll(async () => {
  await test.close();
  await provider.remove();
  await hostile.close();
  rmSync(keyFolder, { recursive: true, force: true });
});
beforeEach(async () => {
  context = { browserToken: `${browsers++}`.padStart(43, 'x'), userAgent: 'Test' };
  await app.pool.query('delete from first_link');
});

const signIn = async () => {
  const address = await startAppSignIn(app, { ...context, next: null });
  return finishAppSignIn(app, context, await answerAtProvider(address, 'aoi', AOI.pin));
};
const signAtProvider = async (address?: URL) =>
  answerAtProvider(address ?? (await startAppSignature(app, context)), 'aoi', password);
const finish = (answer: URLSearchParams, as = context) => finishAppSignature(app, as, answer);

describe('the first link by the authentication app', () => {
  it('tells the provider the digest of the document and nothing else of it', async () => {
    expect((await signIn()).entrance.kind).toBe('firstLink');
    const { searchParams } = await startAppSignature(app, context);
    expect(searchParams.get('scope')).toBe('openid sign');
    expect(searchParams.get('redirect_uri')).toBe('http://localhost:3000/sign-in/app/signature/callback');
    expect(searchParams.get('sign_transaction_id')).toMatch(/^[\da-f-]{36}$/);
    expect([...searchParams.keys()].toSorted()).toEqual(
      [
        ...['client_id', 'code_challenge', 'code_challenge_method', 'nonce', 'redirect_uri', 'response_type'],
        ...['scope', 'sign_transaction_id', 'state', 'ui_locales'],
      ].toSorted(),
    );
  });

  it('is refused where no document waits in this browser', async () => {
    await expectRefusal(startAppSignature(app, context), 'first_link_over');
  });

  it('is not offered without its two addresses', async () => {
    await signIn();
    const config = { ...app.config.authenticationApp!, signing: null };
    const without = await openAuthenticationApp({ ...app.config, authenticationApp: config });
    await expectRefusal(startAppSignature({ ...app, authenticationApp: without }, context), 'not_found');
  });

  it('hears when the person did not go on, and the document still waits', async () => {
    await signIn();
    const visitor = new ProviderVisitor();
    const { url } = await visitor.cancel(await visitor.go(await startAppSignature(app, context)));
    await expectRefusal(finish(url.searchParams), 'app_sign_in_cancelled');
    expect(await getFirstLink(app, context)).toMatchObject({ state: 'open' });
  });

  it('is of no use in another browser, a second time, or as a sign-in', async () => {
    await signIn();
    const first = await signAtProvider();
    await expectRefusal(
      finish(first, { ...context, browserToken: 'o'.repeat(43) }),
      'challenge_other_browser',
    );
    await expectRefusal(finish(first), 'challenge_used');
    await expectRefusal(finishAppSignIn(app, context, await signAtProvider()), 'challenge_unknown');
    const signingIn = await startAppSignIn(app, { ...context, next: null });
    await expectRefusal(finish(await answerAtProvider(signingIn, 'aoi', AOI.pin)), 'challenge_unknown');
  });

  it('links the app to the driver whom the signing certificate means, and lets him in from then on', async () => {
    await signIn();
    const outcome = await finish(await signAtProvider());
    expect(outcome.kind).toBe('session');
    const token = outcome.kind === 'session' ? outcome.token : '';
    expect(await findActor(app, token)).toMatchObject({ kind: 'learner', driverId: driverIds.get('aoi') });
    expect((await signIn()).entrance.kind).toBe('session');
    await app.pool.query('update session set credential_id = null');
    await app.pool.query('delete from credential');
  });
});

describe('the signing card at the app', () => {
  it('asks for its password, takes small letters for capital ones, and locks after five wrong ones', async () => {
    await signIn();
    const visitor = new ProviderVisitor();
    const visit = await visitor.go(await startAppSignature(app, context));
    expect((await visitor.present(visit, 'aoi', AOI.pin)).text).toContain('6文字から16文字');
    expect((await visitor.present(visit, 'aoi', 'WRONG1')).text).toContain('あと4回');
    const { url } = await visitor.present(visit, 'aoi', password.toLowerCase());
    expect(url.pathname).toBe('/sign-in/app/signature/callback');
    const again = await visitor.go(await startAppSignature(app, context));
    for (let wrong = 0; wrong < 5; wrong += 1) await visitor.present(again, 'aoi', 'WRONG1');
    expect((await visitor.present(again, 'aoi', password)).text).toContain('使えなくなりました');
    await provider.restart();
  });
});

describe('a hostile provider', () => {
  let theirs: App;

  beforeEach(async () => {
    const { origin: host } = new URL(hostile.issuer);
    const client = makeClientKey(keyFolder);
    const settings = settingsFor(hostile.issuer, client.file);
    const config = {
      ...app.config.authenticationApp!,
      ...{ issuer: settings.OIDC_ISSUER, clientId: settings.OIDC_CLIENT_ID, privateKeyFile: client.file },
      tokenEndpoint: `${hostile.issuer}/protocol/openid-connect/token`,
      jwksEndpoint: `${hostile.issuer}/protocol/openid-connect/certs`,
      signing: {
        transactionsEndpoint: `${host}/api/sign-transactions`,
        resultEndpoint: `${host}/api/sign-transactions/{id}`,
      },
    };
    await signIn();
    theirs = {
      ...app,
      authenticationApp: await openAuthenticationApp({ ...app.config, authenticationApp: config }, 500),
    };
    hostile.token = (_, response) => sendJson(response, { access_token: 'a', token_type: 'Bearer' });
    hostile.signing = (_, response) => sendJson(response, { sign_transaction_id: 't-1' }, 201);
  });

  it.each<[string, HostileProvider['signing'], 'provider_unavailable' | 'provider_answer_invalid']>([
    ['no transaction', (_, response) => sendJson(response, {}), 'provider_answer_invalid'],
    [
      'a transaction with a path for a name',
      (_, response) => sendJson(response, { sign_transaction_id: '../x' }),
      'provider_answer_invalid',
    ],
    ['a refusal', (_, response) => sendJson(response, {}, 403), 'provider_answer_invalid'],
    ['an error', (_, response) => sendJson(response, {}, 500), 'provider_unavailable'],
    ['nothing', () => undefined, 'provider_unavailable'],
  ])('that gives %s begins no signature', async (_, signing, code) => {
    hostile.signing = signing;
    await expectRefusal(startAppSignature(theirs, context), code);
  });

  it.each<[string, unknown, string]>([
    ['nothing', {}, 'provider_answer_invalid'],
    ['rubbish for a certificate', { signature: 'AAAA', certificate: 'AAAA' }, 'certificate_malformed'],
    [
      'rubbish in PEM',
      { signature: 'AAAA', certificate: '-----BEGIN CERTIFICATE-----' },
      'provider_answer_invalid',
    ],
    [
      'more than any certificate',
      { signature: 'AAAA', certificate: 'A'.repeat(20_000) },
      'provider_answer_invalid',
    ],
    ['a number for a signature', { signature: 1, certificate: 'AAAA' }, 'provider_answer_invalid'],
  ])('that gives %s for what was signed links nobody', async (_, result, code) => {
    const { searchParams } = await startAppSignature(theirs, context);
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: hostile.issuer, aud: 'koshu', sub: 's', iat: now, exp: now + 60 };
    hostile.give(await hostile.sign({ ...claims, nonce: searchParams.get('nonce')! }));
    hostile.signing = (_request, response) => sendJson(response, result);
    const answer = new URLSearchParams({ code: 'c', state: searchParams.get('state')! });
    await expectRefusal(finishAppSignature(theirs, context, answer), code as 'provider_answer_invalid');
  });

  it("that hands in somebody's signature over another document links nobody", async () => {
    // Aoi signs honestly in another browser; the provider keeps what she signed and gives it here.
    const mine = context;
    const hers = { ...context, browserToken: 'h'.repeat(43) };
    context = hers;
    await app.pool.query('delete from first_link');
    await signIn();
    const answerOfHers = await signAtProvider();
    const honest = app.authenticationApp!;
    let kept: unknown;
    const listening = {
      ...honest,
      ask: async (address: string, request: Parameters<typeof honest.ask>[1]) => {
        const response = await honest.ask(address, request);
        kept = await response.clone().json();
        return response;
      },
    };
    await finishAppSignature({ ...app, authenticationApp: listening }, hers, answerOfHers);
    await app.pool.query('update session set credential_id = null');
    await app.pool.query('delete from first_link');
    await app.pool.query('delete from credential');

    context = mine;
    await signIn();
    const { searchParams } = await startAppSignature(theirs, context);
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: hostile.issuer, aud: 'koshu', sub: 's', iat: now, exp: now + 60 };
    hostile.give(await hostile.sign({ ...claims, nonce: searchParams.get('nonce')! }));
    hostile.signing = (_request, response) => sendJson(response, kept);
    const answer = new URLSearchParams({ code: 'c', state: searchParams.get('state')! });
    await expectRefusal(finishAppSignature(theirs, context, answer), 'signature_invalid');
  });
});
