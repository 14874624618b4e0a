import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingHttpHeaders, RequestOptions } from 'node:http';
import { request as requestTls } from 'node:https';
import path from 'node:path';
import type { SecureContextOptions } from 'node:tls';
import type { App } from '#lib/server/app.ts';
import { openCardHost, type CardHostLimits } from '#lib/server/sign-in/card-host/card-host.ts';
import type { Listening } from '#lib/server/tls-hosts/listen.ts';
import { answerCardTicket } from '#lib/server/sign-in/card-host/answer-card-ticket.ts';
import { openCardReaderRequest } from '#lib/server/sign-in/card-host/open-card-reader-request.ts';
import type { ProxyHeader } from '#lib/server/tls-hosts/listen-at.ts';
import { linkCredential } from '#lib/server/sign-in/link-credential.ts';
import { findOrMakeTlsServer } from '../../../scripts/test-ca/tls-server.ts';
import { seedTestPeople } from '../../support/people.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';
import { makePki, writeTrust, type Pki, type TrustFolders } from '../certificates/test-pki.ts';
import { BROWSER, CONTEXT, spkiSha256Of, type Card } from './signed-card.ts';

export const CARD_ORIGIN = 'https://card.koshu.example';
export const LIMITS: CardHostLimits = { timeoutMs: 10_000, maxConnections: 1_000, maxHeaderBytes: 32 * 1024 };

/** A whole application with a card host before it, and Hanako, whose card is linked. */
export interface Desk {
  readonly test: TestApp;
  readonly app: App;
  readonly pki: Pki;
  readonly folders: TrustFolders;
  readonly driverId: string;
  readonly hanako: Card;
  readonly authority: string;
  link(anchorId: string, serial: string, key: CryptoKey): Promise<string>;
  close(): Promise<void>;
}

/** `environment` is told the folder of the card host's own files. */
export async function openDesk(environment?: (folder: string) => Record<string, string>): Promise<Desk> {
  const pki = await makePki();
  const folders = await writeTrust(pki);
  const tls = await findOrMakeTlsServer({ outDir: folders.folder });
  const test = await makeTestApp({
    env: {
      TRUST_DIR: folders.trustDir,
      CRL_DIR: folders.crlDir,
      CARD_HOST_ORIGIN: CARD_ORIGIN,
      ...(environment?.(folders.folder) ?? {
        CARD_HOST_LISTEN: '127.0.0.1:0',
        CARD_HOST_CERTIFICATE_FILE: tls.certificateFile,
        CARD_HOST_KEY_FILE: tls.keyFile,
      }),
    },
  });
  const { app } = test;
  const { driverIds } = await seedTestPeople(app);
  const driverId = [...driverIds.values()][0]!;
  const link = async (anchorId: string, serial: string, key: CryptoKey) =>
    linkCredential(app, 'system', {
      driverId,
      identity: { kind: 'certificate', anchorId, serial, spkiSha256: await spkiSha256Of(key) },
    });
  await link('auth-1', '0a11', pki.keys.publicKey);
  return {
    ...{ test, app, pki, folders, driverId, link },
    hanako: { der: await pki.card({ serial: '0a11' }), privateKey: pki.keys.privateKey },
    authority: readFileSync(tls.authorityFile, 'utf8'),
    close: async () => {
      await test.close();
      folders.remove();
    },
  };
}

/** The card host of the desk, opened on a free port. */
export async function openHost(
  desk: Desk,
  limits: Partial<CardHostLimits> = {},
): Promise<Listening & { port: number }> {
  const host = await openCardHost(desk.app, { ...LIMITS, ...limits });
  return { ...host, port: host.port ?? 0 };
}

export async function keyPair({ der, privateKey }: Card): Promise<{ cert: string; key: string }> {
  const pkcs8 = Buffer.from(await crypto.subtle.exportKey('pkcs8', privateKey)).toString('base64');
  return {
    cert: new X509Certificate(der).toString(),
    key: `-----BEGIN PRIVATE KEY-----\n${pkcs8}\n-----END PRIVATE KEY-----\n`,
  };
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** One request over a connection of its own, as a browser with this card in the reader makes it. */
export async function visit(
  desk: Pick<Desk, 'authority'>,
  port: number,
  address: string,
  options: { card?: Card; tls?: SecureContextOptions; request?: RequestOptions & { session?: Buffer } } = {},
): Promise<Answer> {
  const shown = options.card ? await keyPair(options.card) : {};
  return new Promise((resolve, reject) => {
    const request = requestTls(
      {
        ...{ host: '127.0.0.1', port, path: address, agent: false, ca: desk.authority },
        ...shown,
        ...options.tls,
        ...options.request,
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.once('error', reject);
        response.once('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(parts).toString(),
          }),
        );
      },
    );
    request.once('error', reject);
    request.end();
  });
}

/** What the main host sends a browser to the card host with: path and request. */
export async function setOut(
  { app }: Desk,
  browserToken = BROWSER,
  next: string | null = null,
): Promise<string> {
  const address = await openCardReaderRequest(app, { browserToken, next });
  return address.slice(CARD_ORIGIN.length);
}

export function ticketOf({ status, headers }: Answer): string {
  const ticket = new URL(headers.location ?? 'none:').searchParams.get('ticket');
  if (status !== 303 || ticket === null) throw new Error(`no ticket in an answer of ${status}`);
  return ticket;
}

/** Comes back to the main host with the ticket. */
export const comeBack = ({ app }: Desk, ticket: string, context = CONTEXT) =>
  answerCardTicket(app, context, ticket);

/** A place in the desk's folder. */
export const inFolder = ({ folders }: Desk, name: string) => path.join(folders.folder, name);

export const PROXY_SECRET = 'c'.repeat(43);

/** The environment of a card host that stands behind a proxy, in this folder. */
export const behindProxy = (folder: string, header: ProxyHeader) => ({
  CARD_HOST_LISTEN: `${folder}/card-host.sock`,
  CARD_HOST_PROXY_SECRET_FILE: `${folder}/secret`,
  CARD_HOST_PROXY_HEADER: header,
});

/** RFC 9440 §2.1. */
export const asByteSequence = (der: Buffer) => `:${der.toString('base64')}:`;
