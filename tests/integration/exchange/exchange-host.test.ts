import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '#lib/domain/limits.ts';
import { parseConfig } from '#lib/server/config.ts';
import {
  addPartnerCertificate,
  removePartnerCertificate,
  setPartnerDisabled,
  listPartners,
} from '#lib/server/exchange/change-partners.ts';
import { writeRegisterCsv } from '../../../scripts/seed/write-register-csv.ts';
import { environmentOf } from '../../support/test-app.ts';
import { openDesk, register, send, type Desk } from './exchange-desk.ts';
import {
  ask,
  makePartnerAuthority,
  makePartnerCard,
  PAST,
  type PartnerCard,
} from '../../support/partner-card.ts';

const IMPORTS = 40;
const FEED = { path: '/api/completions' };
let desk: Desk;
let kanagawa: PartnerCard;
beforeAll(async () => {
  desk = await openDesk({ idleMs: 1_000, requestMs: 2_000, importsPerMinute: IMPORTS });
  kanagawa = await register(desk, '神奈川県警察', 'kanagawa');
});
afterAll(() => desk.close());

describe('who comes to the exchange', () => {
  it('with a registered certificate is answered', async () => {
    expect(await ask(desk, kanagawa, FEED)).toMatchObject({ status: 200, body: { events: [], next: '0' } });
  });

  it('without a certificate is told so, and sees nothing but the description', async () => {
    expect(await ask(desk, null, FEED)).toMatchObject({
      status: 401,
      body: { code: 'certificate_missing', status: 401, type: 'about:blank' },
      headers: { 'content-type': 'application/problem+json' },
    });
    expect(await send(desk, null, 'x')).toMatchObject({ status: 401 });
    expect(await ask(desk, null, { path: '/api/openapi.json' })).toMatchObject({ status: 200 });
  });

  it('with a certificate of a foreign authority, even one of the same name, is refused', async () => {
    const foreign = await makePartnerCard(await makePartnerAuthority());
    expect(await ask(desk, foreign, FEED)).toMatchObject({
      status: 401,
      body: { code: 'certificate_untrusted' },
    });
  });

  it('with an expired certificate is refused', async () => {
    const expired = await makePartnerCard(desk.authority, { validity: PAST });
    await addPartnerCertificate(desk.app, '神奈川県警察', expired.cert);
    expect(await ask(desk, expired, FEED)).toMatchObject({
      status: 401,
      body: { code: 'certificate_expired' },
    });
  });

  it('with a certificate that is not for clients is refused', async () => {
    for (const usages of [['1.3.6.1.5.5.7.3.1'], []]) {
      const server = await makePartnerCard(desk.authority, { usages });
      expect(await ask(desk, server, FEED)).toMatchObject({
        status: 401,
        body: { code: 'certificate_wrong_purpose' },
      });
    }
  });

  it('with a certificate that nobody registered is refused', async () => {
    const stranger = await makePartnerCard(desk.authority);
    expect(await ask(desk, stranger, FEED)).toMatchObject({ status: 403, body: { code: 'partner_unknown' } });
  });

  it('is shut out at once when he is disabled, and let in again', async () => {
    await setPartnerDisabled(desk.app, '神奈川県警察', true);
    expect(await ask(desk, kanagawa, FEED)).toMatchObject({
      status: 403,
      body: { code: 'partner_disabled' },
    });
    await setPartnerDisabled(desk.app, '神奈川県警察', false);
    expect(await ask(desk, kanagawa, FEED)).toMatchObject({ status: 200 });
  });

  it('may change his certificate: the new one first, then the old one opens nothing', async () => {
    const former = await register(desk, '愛知県警察', 'aichi');
    const next = await makePartnerCard(desk.authority);
    await addPartnerCertificate(desk.app, '愛知県警察', next.cert);
    const { fingerprints } = (await listPartners(desk.app)).find(({ name }) => name === '愛知県警察')!;
    expect((await ask(desk, former, FEED)).status).toBe(200);
    await removePartnerCertificate(desk.app, '愛知県警察', fingerprints[0]!);
    expect((await ask(desk, former, FEED)).status).toBe(403);
    expect((await ask(desk, next, FEED)).status).toBe(200);
  });

  it('does what he is registered for, and nothing else', async () => {
    const reader = await register(desk, '読むだけの装置', 'kanagawa', ['completions']);
    const writer = await register(desk, '送るだけの装置', 'kanagawa', ['register']);
    expect(await send(desk, reader, writeRegisterCsv([desk.hanako]))).toMatchObject({
      status: 403,
      body: { code: 'not_allowed' },
    });
    expect(await ask(desk, writer, FEED)).toMatchObject({ status: 403, body: { code: 'not_allowed' } });
  });

  it('is not believed for a header', async () => {
    const der = Buffer.from(kanagawa.cert.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64');
    const headers = {
      'client-cert': `:${der.toString('base64')}:`,
      'x-ssl-client-escaped-cert': encodeURIComponent(kanagawa.cert),
    };
    const told = await ask(desk, null, { ...FEED, headers });
    expect(told).toMatchObject({ status: 401, body: { code: 'certificate_missing' } });
  });
});

describe('a request', () => {
  it.each(['/', '/api/register', '/api/completions/', '/api/trpc/x', '//api/completions', '/admin'])(
    'for %s is for nothing here',
    async (path) => {
      expect(await ask(desk, kanagawa, { path })).toMatchObject({ status: 404, body: { code: 'not_found' } });
    },
  );

  it.each([
    'after=',
    'after=-1',
    'after=1e3',
    'after=9999999999999999',
    'after=x',
    'limit=0',
    'limit=501',
    'after=1&after=2',
  ])('with a cursor or limit of nonsense is refused: %s', async (query) => {
    const answer = await ask(desk, kanagawa, { path: `/api/completions?${query}` });
    expect(answer).toMatchObject({ status: 400, body: { code: 'malformed' } });
  });

  it.each([
    ['in no known format', 'text/plain', 'a', 400, 'malformed'],
    ['without a format', '', 'a', 400, 'malformed'],
    ['of malformed JSON', 'application/json', '{"drivers": [', 400, 'import_unreadable'],
    ['of JSON that is no register', 'application/json', '[]', 400, 'import_unreadable'],
    ['of JSON as deep as it is long', 'application/json', '['.repeat(100_000), 400, 'import_unreadable'],
    ['of JSON without anybody', 'application/json', '{"drivers": []}', 422, 'import_empty'],
    ['of no bytes', 'text/csv', '', 422, 'import_empty'],
    [
      'of bytes that are no text',
      'text/csv',
      Buffer.from([0x50, 0x4b, 0x00, 0xff, 0xfd]),
      400,
      'import_unreadable',
    ],
  ])('with a body %s is refused', async (_, type, body, status, code) => {
    expect(await send(desk, kanagawa, body, { type })).toMatchObject({ status, body: { code } });
  });

  it('with a huge body is refused before it is taken, and while it comes', async () => {
    const announced = await ask(desk, kanagawa, {
      ...{ method: 'PUT', path: '/api/register?mode=whole' },
      headers: {
        'content-type': 'text/csv',
        'content-length': LIMITS.importMaxBytes + 1,
        expect: '100-continue',
      },
    });
    expect(announced).toMatchObject({ status: 413, body: { code: 'import_too_large' } });
    const chunked = await send(desk, kanagawa, ' '.repeat(LIMITS.importJsonMaxBytes + 70_000), {
      type: 'application/json',
    });
    expect(chunked).toMatchObject({ status: 413 });
  });

  it('whose body comes too slowly is cut off, and the next one is served', async () => {
    const socket = connectTls({
      ...{ host: '127.0.0.1', port: desk.port, ca: desk.serverAuthority },
      ...{ cert: kanagawa.cert, key: kanagawa.key },
    });
    socket.on('error', () => undefined);
    socket.write(
      'PUT /api/register?mode=changes HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\nContent-Length: 1000\r\n\r\n',
    );
    const drip = setInterval(() => socket.write('x'), 200);
    await new Promise((resolve) => socket.once('close', resolve).resume());
    clearInterval(drip);
    expect(await send(desk, kanagawa, writeRegisterCsv([desk.hanako]))).toMatchObject({ status: 200 });
  }, 15_000);

  it('beyond so many in a minute is put off, for this partner alone', async () => {
    const eager = await register(desk, '休まない装置', 'kanagawa');
    const answers = await Promise.all(
      Array.from({ length: IMPORTS + 3 }, () => send(desk, eager, 'x', { type: 'x' })),
    );
    const put = answers.filter(({ status }) => status === 429);
    expect(put).toHaveLength(3);
    expect(put[0]).toMatchObject({ body: { code: 'too_many_requests' } });
    expect(Number(put[0]?.headers['retry-after'])).toBeGreaterThan(0);
    expect((await send(desk, kanagawa, 'x', { type: 'x' })).status).toBe(400);
  });
});

it('half an exchange does not start, and says what is missing', () => {
  expect(() =>
    parseConfig({
      ...environmentOf(desk.app),
      EXCHANGE_ORIGIN: 'https://x.example',
      EXCHANGE_LISTEN: '0.0.0.0:1',
    }),
  ).toThrow(/EXCHANGE_AUTHORITIES_DIR is missing\n.*EXCHANGE_CERTIFICATE_FILE/);
});
