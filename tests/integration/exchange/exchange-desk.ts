import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PartnerPurpose } from '#lib/domain/exchange/partner.ts';
import type { App } from '#lib/server/app.ts';
import { addPartner } from '#lib/server/exchange/change-partners.ts';
import { openExchangeHost, type ExchangeLimits } from '#lib/server/exchange/exchange-host.ts';
import type { Listening } from '#lib/server/tls-hosts/listen.ts';
import type { RegisterRow } from '#lib/server/register/register-columns.ts';
import { seedCommissions } from '#lib/server/register/seed-commissions.ts';
import { namedPeople } from '../../../scripts/named-people.ts';
import type { Authority } from '../../../scripts/test-ca/issue.ts';
import {
  ask,
  makePartnerAuthority,
  makePartnerCard,
  type Answer,
  type PartnerCard,
} from '../../support/partner-card.ts';
import { findOrMakeTlsServer } from '../../../scripts/test-ca/tls-server.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

export const NOW = '2026-11-24T03:00:00Z';
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
