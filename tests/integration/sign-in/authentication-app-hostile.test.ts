import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { JWTPayload } from 'jose';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { App } from '#lib/server/app.ts';
import { openAuthenticationApp } from '#lib/server/sign-in/authentication-app/authentication-app.ts';
import { finishAppSignIn } from '#lib/server/sign-in/authentication-app/finish-app-sign-in.ts';
import { startAppSignIn } from '#lib/server/sign-in/authentication-app/start-app-sign-in.ts';
import { linkCredential } from '#lib/server/sign-in/link-credential.ts';
import { makeClientKey, settingsFor } from '../../support/authentication-app.ts';
import { seedTestPeople } from '../../support/people.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';
import { expectRefusal } from '../certificates/test-pki.ts';
import { sendJson, startHostileProvider, type HostileProvider } from './hostile-provider.ts';
import { BROWSER, CONTEXT } from './signed-card.ts';

const SUBJECT = 'hanako-as-the-provider-calls-her';

let provider: HostileProvider;
let test: TestApp;
let app: App;
let keyFolder: string;

beforeAll(async () => {
  provider = await startHostileProvider();
  keyFolder = mkdtempSync(path.join(tmpdir(), 'koshu-client-key-'));
  const settings = settingsFor(provider.issuer, makeClientKey(keyFolder).file);
  test = await makeTestApp({
    now: new Date().toISOString(),
    env: { ...settings, OIDC_ACR_VALUES: 'aal3 crl' },
  });
  const { driverIds } = await seedTestPeople(test.app);
  const identity = { kind: 'oidc', issuer: provider.issuer, subject: SUBJECT } as const;
  await linkCredential(test.app, 'system', { driverId: driverIds.get('hanako')!, identity });
});
afterAll(async () => {
  await test.close();
  await provider.close();
  rmSync(keyFolder, { recursive: true, force: true });
});
// A client of its own for each test, which has seen no keys yet, and little patience.
beforeEach(async () => {
  app = { ...test.app, authenticationApp: await openAuthenticationApp(test.app.config, 500) };
});

interface Request {
  readonly answer: URLSearchParams;
  readonly claims: JWTPayload;
}

/** A request under way, the answer that fits it, and the claims that an honest provider would make. */
async function begin(): Promise<Request> {
  const { searchParams } = await startAppSignIn(app, { browserToken: BROWSER, next: null });
  const now = Math.floor(Date.now() / 1000);
  return {
    answer: new URLSearchParams({ code: 'code', state: searchParams.get('state')! }),
    claims: {
      ...{ iss: provider.issuer, aud: 'koshu', sub: SUBJECT, iat: now, exp: now + 60, acr: 'aal3 crl' },
      nonce: searchParams.get('nonce')!,
    },
  };
}
const finish = ({ answer }: Request) => finishAppSignIn(app, CONTEXT, answer);

describe('an ID token', () => {
  it('of an honest provider lets its person in', async () => {
    const request = await begin();
    provider.give(await provider.sign(request.claims));
    await expect(finish(request)).resolves.toBeDefined();
  });

  it('may vouch for more than was asked', async () => {
    const request = await begin();
    provider.give(await provider.sign({ ...request.claims, acr: 'aal3 crl more' }));
    await expect(finish(request)).resolves.toBeDefined();
  });

  it.each<[string, Record<string, unknown>]>([
    ['for another service', { aud: 'another' }],
    ['for nobody', { aud: [] }],
    ['for us and others, given to others', { aud: ['koshu', 'another'], azp: 'another' }],
    ['of another provider', { iss: 'https://example.com/api/realms/main' }],
    ['of the same provider with a slash more', { iss: 'slash' }],
    ['that has expired', { exp: 1_700_000_000 }],
    ['without end', { exp: undefined }],
    ['with an end that is no number', { exp: '9999999999' }],
    ['not valid yet', { nbf: 9_999_999_999 }],
    ['without date', { iat: undefined }],
    ['of last year', { iat: 1_700_000_000 }],
    ['from the future', { iat: 9_999_999_999 }],
    ['for another request', { nonce: 'n'.repeat(43) }],
    ['for no request', { nonce: undefined }],
    ['of nobody', { sub: undefined }],
    ['of somebody without name', { sub: '' }],
    ['of somebody with an endless name', { sub: 'x'.repeat(256) }],
    ['of several people', { sub: ['a', 'b'] }],
    ['that vouches for nothing', { acr: undefined }],
    ['that vouches for less than was asked', { acr: 'aal3' }],
    ['that vouches for something else', { acr: 'aal1' }],
    ['that vouches for a list', { acr: ['aal3', 'crl'] }],
  ])('%s lets nobody in', async (_, change) => {
    const request = await begin();
    const iss = change.iss === 'slash' ? { iss: `${provider.issuer}/` } : {};
    provider.give(await provider.sign({ ...request.claims, ...change, ...iss }));
    await expectRefusal(finish(request), 'provider_answer_invalid');
  });

  it.each<[string, (claims: JWTPayload) => Promise<string> | string]>([
    ['without signature (alg none)', (claims) => provider.unsigned(claims)],
    ['signed with the public key as a secret (HS256)', (claims) => provider.signWithSecret(claims)],
    [
      'signed in a way that is not configured (RS256)',
      (claims) => provider.sign(claims, { alg: 'RS256', kid: 'rsa' }),
    ],
    ['signed with a key that is not the published one', (claims) => provider.signWithOtherKey(claims)],
    ['signed with a key that is published nowhere', (claims) => provider.sign(claims, { kid: 'unknown' })],
    [
      'whose signature was cut off',
      async (claims) => `${(await provider.sign(claims)).split('.').slice(0, 2).join('.')}.`,
    ],
    ['that is no token', () => 'x.y.z'],
    ['that is encrypted', () => 'a.b.c.d.e'],
    ['that is empty', () => ''],
  ])('%s lets nobody in', async (_, make) => {
    const request = await begin();
    provider.give(await make(request.claims));
    await expectRefusal(finish(request), 'provider_answer_invalid');
  });
});

describe('the keys of the provider', () => {
  it('are asked for once, and not again and again for tokens with unknown ones', async () => {
    provider.certsAsked = 0;
    for (const kid of ['hostile-1', 'unknown-1', 'unknown-2']) {
      const request = await begin();
      provider.give(await provider.sign(request.claims, { kid }));
      await finish(request).catch(() => undefined);
    }
    expect(provider.certsAsked).toBe(1);
  });

  it.each<[string, (kid: string) => unknown]>([
    ['no list', () => ({})],
    ['a list of rubbish', () => ({ keys: [1, null, 'x'] })],
    [
      'a key of no point on the curve',
      (kid) => ({ keys: [{ kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA', kid }] }),
    ],
  ])('that are %s let nobody in', async (_, keys) => {
    const request = await begin();
    provider.give(await provider.sign(request.claims));
    provider.certs = (_request, response) => sendJson(response, keys('hostile-1'));
    await expectRefusal(finish(request), 'provider_answer_invalid');
  });

  it('that cannot be had let nobody in', async () => {
    const request = await begin();
    provider.give(await provider.sign(request.claims));
    provider.certs = (_request, response) => sendJson(response, {}, 503);
    await expectRefusal(finish(request), 'provider_unavailable');
  });
});

describe('a token endpoint', () => {
  it.each<[string, HostileProvider['token'], 'provider_unavailable' | 'provider_answer_invalid']>([
    [
      'that is broken',
      (_, response) => sendJson(response, { error: 'server_error' }, 500),
      'provider_unavailable',
    ],
    ['that is too busy', (_, response) => sendJson(response, {}, 429), 'provider_unavailable'],
    ['that never answers', () => undefined, 'provider_unavailable'],
    [
      'that stops in the middle',
      (_, response) => void response.writeHead(200).write('{'),
      'provider_unavailable',
    ],
    ['that hangs up', (request) => void request.socket.destroy(), 'provider_unavailable'],
    [
      'that sends us elsewhere',
      (_, response) => void response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end(),
      'provider_answer_invalid',
    ],
    ['that talks rubbish', (_, response) => void response.end('<html>'), 'provider_answer_invalid'],
    [
      'that answers with a megabyte',
      (_, response) => void response.end(Buffer.alloc(1_048_576)),
      'provider_answer_invalid',
    ],
    [
      'that refuses us',
      (_, response) => sendJson(response, { error: 'invalid_client' }, 401),
      'provider_answer_invalid',
    ],
    [
      'that gives no ID token',
      (_, response) => sendJson(response, { access_token: 'a', token_type: 'Bearer' }),
      'provider_answer_invalid',
    ],
    ['that gives a list', (_, response) => sendJson(response, []), 'provider_answer_invalid'],
  ])('%s lets nobody in', async (_, token, code) => {
    provider.token = token;
    await expectRefusal(finish(await begin()), code);
  });
});

describe('the log', () => {
  it('says why somebody was not let in, and neither code, nor token, nor subject', async () => {
    const lines: string[] = [];
    const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
    const request = await begin();
    const token = await provider.sign({ ...request.claims, acr: 'aal1' });
    provider.give(token);
    await expectRefusal(finishAppSignIn({ ...app, log }, CONTEXT, request.answer), 'provider_answer_invalid');
    expect(lines.join()).toContain('claim_acr');
    const secrets = [token, SUBJECT, BROWSER, ...request.answer.values()];
    expect(secrets.filter((secret) => secret !== 'code' && lines.join().includes(secret))).toEqual([]);
  });
});

describe('a person', () => {
  it.each([
    ['server_error', 'provider_unavailable'],
    ['temporarily_unavailable', 'provider_unavailable'],
    ['access_denied', 'app_sign_in_cancelled'],
    ['invalid_request', 'provider_answer_invalid'],
    ['login_required', 'provider_answer_invalid'],
  ] as const)('who comes back with %s hears of it in our words', async (error, code) => {
    const { answer, claims } = await begin();
    answer.delete('code');
    answer.set('error', error);
    answer.set('error_description', '<script>');
    expect(JSON.stringify(await expectRefusal(finish({ answer, claims }), code))).not.toContain('script');
  });
});
