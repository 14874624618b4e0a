import { writeFileSync } from 'node:fs';
import { request as requestPlain } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCardHost } from '#lib/server/sign-in/card-host/card-host.ts';
import type { Listening } from '#lib/server/tls-hosts/listen.ts';
import type { ProxyHeader } from '#lib/server/tls-hosts/listen-at.ts';
import { expectRefusal } from '../certificates/test-pki.ts';
import {
  asByteSequence,
  behindProxy,
  comeBack,
  inFolder,
  PROXY_SECRET as SECRET,
  openDesk,
  setOut,
  ticketOf,
  type Answer,
  type Desk,
} from './card-reader.ts';

/** As nginx writes it, whatever the bytes are. */
const asEscapedPem = (der: Buffer) => {
  const lines = der.toString('base64').replaceAll(/.{64}(?=.)/g, '$&\n');
  return encodeURIComponent(`-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`);
};

/** What a proxy that is in order sends beside the certificate. */
const TRUSTED = { 'x-koshu-proxy-secret': SECRET, 'x-koshu-tls-session': '.' };

type Headers = Record<string, string | string[]>;

/** One request over the socket, as whoever reaches it may write it. */
function speak(desk: Desk, address: string, headers: Headers): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = requestPlain({ socketPath: inFolder(desk, 'card-host.sock'), path: address, headers });
    request.once('error', reject);
    request.once('response', (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.once('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(parts).toString(),
        }),
      );
    });
    request.end();
  });
}

describe.each<[ProxyHeader, (der: Buffer) => string]>([
  ['client-cert', asByteSequence],
  ['x-ssl-client-escaped-cert', asEscapedPem],
])('behind a proxy that hands the certificate on as %s', (header, write) => {
  let desk: Desk;
  let host: Listening;

  beforeAll(async () => {
    desk = await openDesk((folder) => behindProxy(folder, header));
    writeFileSync(inFolder(desk, 'secret'), `${SECRET}\n`);
    host = await openCardHost(desk.app);
  });
  afterAll(async () => {
    await host.close();
    await desk.close();
  });

  const send = async (headers: Headers) => speak(desk, await setOut(desk), headers);

  it('a card signs in through it', async () => {
    const answer = await send({ ...TRUSTED, [header]: write(desk.hanako.der) });
    await expect(comeBack(desk, ticketOf(answer))).resolves.toMatchObject({ entrance: { kind: 'session' } });
  });

  it('its word is not taken: the certificate is checked in full', async () => {
    const { rogue, first } = desk.pki;
    const der = await desk.pki.card({ serial: '0a11', authority: rogue, claims: first });
    const answer = await send({ ...TRUSTED, [header]: write(der) });
    await expectRefusal(comeBack(desk, ticketOf(answer)), 'certificate_untrusted');
  });

  it.each<[string, (der: Buffer) => Headers]>([
    ['without a secret', (der) => ({ 'x-koshu-tls-session': '.', [header]: write(der) })],
    ['with an empty one', (der) => ({ ...TRUSTED, 'x-koshu-proxy-secret': '', [header]: write(der) })],
    [
      'with a wrong one',
      (der) => ({ ...TRUSTED, 'x-koshu-proxy-secret': 'd'.repeat(43), [header]: write(der) }),
    ],
    [
      'with more than it',
      (der) => ({ ...TRUSTED, 'x-koshu-proxy-secret': `${SECRET}x`, [header]: write(der) }),
    ],
    [
      'with a right and a wrong one',
      (der) => ({ ...TRUSTED, 'x-koshu-proxy-secret': [SECRET, 'd'], [header]: write(der) }),
    ],
    [
      'with it twice',
      (der) => ({ ...TRUSTED, 'x-koshu-proxy-secret': [SECRET, SECRET], [header]: write(der) }),
    ],
  ])('somebody %s is told nothing, and the request stays open for its owner', async (_, headers) => {
    const address = await setOut(desk);
    const refused = await speak(desk, address, headers(desk.hanako.der));
    expect([refused.status, refused.body]).toEqual([404, '']);
    const answer = await speak(desk, address, { ...TRUSTED, [header]: write(desk.hanako.der) });
    expect(answer.status).toBe(303);
  });

  it.each(['1', 'r', '', 'new', undefined])(
    'a TLS session that is not said to be new proves nothing (%s)',
    async (session) => {
      const headers: Headers = { 'x-koshu-proxy-secret': SECRET, [header]: write(desk.hanako.der) };
      if (session !== undefined) headers['x-koshu-tls-session'] = session;
      await expectRefusal(comeBack(desk, ticketOf(await send(headers))), 'certificate_missing');
    },
  );

  it.each([
    ...[
      'x-client-cert',
      'x-forwarded-client-cert',
      'x_ssl_client_escaped_cert',
      'client_cert',
      'ssl-client-cert',
    ],
    ...[
      'x-ssl-client-cert',
      'x-ssl-cert',
      header === 'client-cert' ? 'x-ssl-client-escaped-cert' : 'client-cert',
    ],
  ])('a certificate in %s is not seen', async (other) => {
    for (const value of [asByteSequence(desk.hanako.der), asEscapedPem(desk.hanako.der)]) {
      const answer = await send({ ...TRUSTED, [other]: value });
      await expectRefusal(comeBack(desk, ticketOf(answer)), 'certificate_missing');
    }
  });

  it('no certificate is none', async () => {
    for (const headers of [TRUSTED, { ...TRUSTED, [header]: '' }])
      await expectRefusal(comeBack(desk, ticketOf(await send(headers))), 'certificate_missing');
  });

  it.each<[string, (der: Buffer) => string | string[]]>([
    ['twice', (der) => [write(der), write(der)]],
    ['with another behind it', (der) => `${write(der)}, ${write(der)}`],
    ['in the other form', (der) => (header === 'client-cert' ? asEscapedPem(der) : asByteSequence(der))],
    ['as bare base64', (der) => der.toString('base64')],
    ['cut off', (der) => write(der.subarray(0, -1))],
    ['with a byte too many', (der) => write(Buffer.concat([der, Buffer.from([0])]))],
    ['with a parameter', (der) => `${write(der)};a=1`],
    ['in quotes', (der) => `"${write(der)}"`],
    ['as a broken escape', () => '%'],
    ['as nothing between colons', () => '::'],
    ['as 20 kB of nothing', () => asByteSequence(Buffer.alloc(20_000))],
  ])('a certificate %s is refused', async (_, malform) => {
    const answer = await send({ ...TRUSTED, [header]: malform(desk.hanako.der) });
    await expectRefusal(comeBack(desk, ticketOf(answer)), 'certificate_malformed');
  });
});
