import { writeFileSync } from 'node:fs';
import { request as requestPlain } from 'node:http';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDesk, register, type Desk } from './exchange-desk.ts';
import { makePartnerAuthority, makePartnerCard, type PartnerCard } from '../../support/partner-card.ts';

const SECRET = 'e'.repeat(43);
const TRUSTED = { 'x-koshu-proxy-secret': SECRET, 'x-koshu-tls-session': '.' };
let desk: Desk;
let kanagawa: PartnerCard;
beforeAll(async () => {
  desk = await openDesk({}, (folder) => {
    writeFileSync(path.join(folder, 'secret'), SECRET);
    return {
      // As `said` reads it, an empty variable says nothing.
      ...{ EXCHANGE_CERTIFICATE_FILE: '', EXCHANGE_KEY_FILE: '' },
      EXCHANGE_PROXY_SECRET_FILE: path.join(folder, 'secret'),
      EXCHANGE_PROXY_HEADER: 'client-cert',
    };
  });
  kanagawa = await register(desk, '神奈川県警察', 'kanagawa');
});
afterAll(() => desk.close());

const inHeader = ({ cert }: PartnerCard) => `:${cert.replaceAll(/-----[^-]+-----|\s/g, '')}:`;

const speak = (headers: Record<string, string>) =>
  new Promise<number>((resolve, reject) => {
    const asking = requestPlain({ port: desk.port, path: '/api/completions', headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    asking.once('error', reject);
    asking.end();
  });

it('behind a proxy that ends TLS, a partner is known by the certificate in its header', async () => {
  expect(await speak({ ...TRUSTED, 'client-cert': inHeader(kanagawa) })).toBe(200);
});

it('the proxy’s word is not taken: the certificate is checked in full', async () => {
  const foreign = await makePartnerCard(await makePartnerAuthority());
  expect(await speak({ ...TRUSTED, 'client-cert': inHeader(foreign) })).toBe(401);
  expect(await speak(TRUSTED)).toBe(401);
});

it.each([
  ['without the secret', { 'x-koshu-tls-session': '.' }],
  ['with a wrong one', { ...TRUSTED, 'x-koshu-proxy-secret': 'f'.repeat(43) }],
])('somebody %s is told nothing', async (_, headers) => {
  expect(await speak({ ...headers, 'client-cert': inHeader(kanagawa) })).toBe(404);
});
