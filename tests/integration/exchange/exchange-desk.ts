// The library that makes certificates reads decorators' metadata, so this has to come first.
import 'reflect-metadata';
import { KeyObject, randomInt } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request as requestTls, type RequestOptions } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BasicConstraintsExtension, ExtendedKeyUsageExtension, X509Certificate } from '@peculiar/x509';
import type { PartnerPurpose } from '#lib/domain/exchange/partner.ts';
import type { App } from '#lib/server/app.ts';
import { addPartner } from '#lib/server/exchange/change-partners.ts';
import { openExchangeHost, type ExchangeLimits } from '#lib/server/exchange/exchange-host.ts';
import type { Listening } from '#lib/server/tls-hosts/listen.ts';
import type { RegisterRow } from '#lib/server/register/register-columns.ts';
import { seedCommissions } from '#lib/server/register/seed-commissions.ts';
import { namedPeople } from '../../../scripts/named-people.ts';
import {
  issueCertificate,
  makeAuthority,
  makeKeys,
  P_384,
  type Authority,
} from '../../../scripts/test-ca/issue.ts';
import { findOrMakeTlsServer } from '../../../scripts/test-ca/tls-server.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

export const NOW = '2026-11-24T03:00:00Z';
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';
const YEAR = { notBefore: new Date('2026-06-01'), notAfter: new Date('2027-06-01') };
export const PAST = { notBefore: new Date('2025-06-01'), notAfter: new Date('2026-06-01') };

/** A certificate with its key, as a partner's system holds them. */
export interface PartnerCard {
  readonly cert: string;
  readonly key: string;
}

export interface Desk {
  readonly test: TestApp;
  readonly app: App;
  readonly folder: string;
  readonly port: number;
  readonly serverAuthority: string;
  readonly authority: Authority;
  /** Hanako of Kanagawa, as the register knows her. */
  readonly hanako: RegisterRow;
  close(): Promise<void>;
}

export async function makePartnerCard(
  authority: Authority,
  { validity = YEAR, usages = [CLIENT_AUTH] } = {},
): Promise<PartnerCard> {
  const keys = await makeKeys(P_384);
  const der = await issueCertificate(authority, {
    ...validity,
    serial: randomInt(0x10_00_00_00, 0x7f_ff_ff_ff).toString(16),
    commonName: 'KOSHU TEST partner',
    publicKey: keys.publicKey,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      ...(usages.length > 0 ? [new ExtendedKeyUsageExtension(usages)] : []),
    ],
  });
  return {
    cert: new X509Certificate(new Uint8Array(der)).toString('pem'),
    key: KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

export const makePartnerAuthority = (name = 'C=JP, O=KOSHU-TEST, OU=KOSHU TEST partners') =>
  makeAuthority(name, YEAR, P_384);

/** A whole application with its exchange open on a free port, the commissions, and nobody registered yet. */
export async function openDesk(
  limits: Partial<ExchangeLimits> = {},
  environment: (folder: string) => Record<string, string> = () => ({}),
): Promise<Desk> {
  const authority = await makePartnerAuthority();
  const folder = mkdtempSync(path.join(tmpdir(), 'koshu-exchange-'));
  mkdirSync(path.join(folder, 'authorities'));
  writeFileSync(path.join(folder, 'authorities/partners.pem'), authority.certificate.toString('pem'));
  const tls = await findOrMakeTlsServer({ outDir: path.join(folder, 'tls') });
  const test = await makeTestApp({
    now: NOW,
    env: {
      EXCHANGE_ORIGIN: 'https://exchange.koshu.example',
      EXCHANGE_LISTEN: '127.0.0.1:0',
      EXCHANGE_AUTHORITIES_DIR: path.join(folder, 'authorities'),
      EXCHANGE_CERTIFICATE_FILE: tls.certificateFile,
      EXCHANGE_KEY_FILE: tls.keyFile,
      ...environment(folder),
    },
  });
  await seedCommissions(test.app);
  const host: Listening = await openExchangeHost(test.app, {
    ...{ importsPerMinute: 1_000, readsPerMinute: 10_000 },
    ...limits,
  });
  const hanako = namedPeople('2026-11-24').flatMap(({ register }) => (register ? [register] : []))[0];
  return {
    ...{ test, app: test.app, folder, authority, port: host.port ?? 0, hanako: hanako as RegisterRow },
    serverAuthority: readFileSync(tls.authorityFile, 'utf8'),
    close: async () => {
      await host.close();
      await test.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Registers a partner and gives him a certificate. `commissionCode` null: national. */
export async function register(
  desk: Pick<Desk, 'app' | 'authority'>,
  name: string,
  commissionCode: string | null,
  purposes: PartnerPurpose[] = ['register', 'completions'],
): Promise<PartnerCard & { readonly id: string }> {
  const card = await makePartnerCard(desk.authority);
  return { ...card, id: await addPartner(desk.app, { name, commissionCode, purposes }, card.cert) };
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Record<string, unknown>;
}

/** One request over a connection of its own. */
export function ask(
  desk: Pick<Desk, 'port' | 'serverAuthority'>,
  card: PartnerCard | null,
  options: RequestOptions & { readonly body?: string | Uint8Array },
): Promise<Answer> {
  const { body, ...request } = options;
  return new Promise((resolve, reject) => {
    const asking = requestTls(
      {
        ...{ host: '127.0.0.1', port: desk.port, agent: false, ca: desk.serverAuthority },
        ...(card && { cert: card.cert, key: card.key }),
        ...request,
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.once('error', reject);
        response.once('end', () => {
          const text = Buffer.concat(parts).toString();
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: JSON.parse(text) as Answer['body'],
          });
        });
      },
    );
    asking.once('error', reject);
    asking.end(body);
  });
}

/** Sends a register file. */
export const send = (
  desk: Desk,
  card: PartnerCard | null,
  body: string | Uint8Array,
  {
    mode = 'changes',
    key,
    type = 'text/csv',
    query = '',
  }: Partial<Record<'mode' | 'key' | 'type' | 'query', string>> = {},
): Promise<Answer> =>
  ask(desk, card, {
    method: 'PUT',
    path: `/api/register?mode=${mode}${query}`,
    headers: { 'content-type': type, ...(key !== undefined && { 'idempotency-key': key }) },
    body,
  });
