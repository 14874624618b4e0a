import { connect } from 'node:net';
import { createTRPCClient, httpLink, TRPCClientError } from '@trpc/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '#lib/domain/limits.ts';
import type { AppRouter } from '#lib/server/trpc/router.ts';
import { openViewings, type LiveViewing } from '../../../bench/support/viewers.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';
import { LEFT_TO_PAGES, startTrpcHost, type TrpcHost } from '../../support/trpc-host.ts';

let test: TestApp;
let host: TrpcHost;
let viewing: LiveViewing;

beforeAll(async () => {
  test = await makeTestApp();
  host = await startTrpcHost(test.app);
  [viewing] = (await openViewings(test.app, 1)) as [LiveViewing];
});
afterAll(async () => {
  await host.close();
  await test.close();
});

const beat = (changes: object = {}) => ({
  viewingId: viewing.id,
  sequence: 1,
  fromMs: 0,
  toMs: 0,
  state: 'playing',
  keyCount: 0,
  ...changes,
});
const report = (input: unknown, headers: Record<string, string> = {}) =>
  host.call('viewing.report', input, viewing.sessionToken, headers);

describe('the direct way of heartbeats', () => {
  it('speaks the protocol of the client that our pages use', async () => {
    const client = (cookie: string) =>
      createTRPCClient<AppRouter>({ links: [httpLink({ url: host.url, headers: { cookie } })] });
    const signedIn = client(`other=1; koshu-session=${viewing.sessionToken}; koshu-locale=ja`);
    const reply = await signedIn.viewing.report.mutate(beat() as never);
    expect(reply).toMatchObject({ outcome: 'credited', sequence: 1, creditedMs: 0 });
    const stranger = client('koshu-locale=ja').viewing.report.mutate(beat() as never);
    await expect(stranger).rejects.toThrow(TRPCClientError);
    await expect(stranger).rejects.toMatchObject({ data: { refusal: { code: 'not_signed_in' } } });
  });

  it('says to the browser what pages say', async () => {
    const { headers } = await report(beat());
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'application/json',
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
      'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(headers.has('strict-transport-security')).toBe(false);
  });

  it.each([
    ['no JSON', '{"viewingId":'],
    ['nothing', ''],
    ['an array', '[]'],
    ['null', 'null'],
    ['a number', '1e400'],
    ['words for numbers', { sequence: '1' }],
    ['a token that is too long', { token: 'x'.repeat(LIMITS.viewingTokenMaxLength + 1) }],
    ['a token of another type', { token: {} }],
    ['nesting without end', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ])('refuses %s as malformed', async (_, input) => {
    const { status, error } = await report(typeof input === 'string' ? input : beat(input));
    expect({ status, refusal: error?.data.refusal?.code }).toEqual({ status: 400, refusal: 'malformed' });
  });

  it('answers a fault with nothing but its kind', async () => {
    const broken = await makeTestApp();
    const brokenHost = await startTrpcHost(broken.app);
    await broken.app.db.schema.dropTable('viewing').cascade().execute();
    const [status, error] = await brokenHost
      .call('viewing.report', beat(), 'a'.repeat(40))
      .then((answer) => [answer.status, answer.error]);
    expect(status).toBe(500);
    expect(error).toMatchObject({ message: 'INTERNAL_SERVER_ERROR', data: { refusal: null } });
    expect(JSON.stringify(error)).not.toContain('viewing');
    await brokenHost.close();
    await broken.close();
  });

  it.each([
    ['another site by its origin', 'viewing.report', { origin: 'https://elsewhere.example' }],
    ['another site by its fetch metadata', 'viewing.report', { 'sec-fetch-site': 'cross-site' }],
    ['a form', 'viewing.report', { 'content-type': 'text/plain' }],
    ['a batch', 'viewing.report?batch=1', {}],
    ['another procedure', 'signIn.openCardChallenge', {}],
    ['two procedures', 'viewing.report,viewing.open', {}],
    ['none', 'viewing.nothing', {}],
    ['what an object inherits', 'constructor', {}],
  ])('leaves %s to the pages, which know how to refuse it', async (_, procedure, headers) => {
    const { status } = await host.call(procedure, beat(), viewing.sessionToken, headers);
    expect(status).toBe(LEFT_TO_PAGES);
  });

  it('leaves bodies that are too large, or say no length, and other methods to the pages', async () => {
    const large = await report('x'.repeat(LIMITS.formMaxBytes + 1));
    expect(large.status).toBe(LEFT_TO_PAGES);
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, duplex: 'half' } as const;
    const chunked = await fetch(`${host.url}/viewing.report`, {
      ...init,
      body: new Blob([JSON.stringify(beat())]).stream(),
    });
    expect(chunked.status).toBe(LEFT_TO_PAGES);
    expect((await fetch(`${host.url}/viewing.report`)).status).toBe(LEFT_TO_PAGES);
  });

  it('lives on when a browser goes away in the middle of a request', async () => {
    const { port } = new URL(host.url);
    const socket = connect(Number(port), '127.0.0.1');
    const head = 'POST /api/trpc/viewing.report HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n';
    await new Promise<void>((resolve) =>
      socket.write(`${head}content-length: 500\r\n\r\n{"vi`, () => resolve()),
    );
    socket.destroy();
    expect((await report(beat())).status).toBe(200);
  });
});

describe('behind https', () => {
  it('takes only cookies that no other host can have set, and asks for https from now on', async () => {
    const secure = await makeTestApp({ env: { ORIGIN: 'https://koshu.example' } });
    const secureHost = await startTrpcHost(secure.app);
    const [watched] = (await openViewings(secure.app, 1)) as [LiveViewing];
    const input = beat({ viewingId: watched.id });
    const planted = await secureHost.call('viewing.report', input, watched.sessionToken);
    expect(planted.error?.data.refusal?.code).toBe('not_signed_in');
    const cookie = `__Host-koshu-session=${watched.sessionToken}`;
    const own = await secureHost.call('viewing.report', input, null, { cookie });
    expect(own.data?.outcome).toBe('credited');
    expect(own.headers.get('strict-transport-security')).toBe('max-age=31536000');
    await secureHost.close();
    await secure.close();
  });
});
