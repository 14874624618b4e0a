import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  subjectOf,
  type ProviderClient,
  type ProviderKeys,
} from '../../scripts/demo/authentication-app/provider.ts';
import {
  issuerAt,
  signTransactionsAt,
  startAppServer,
} from '../../scripts/demo/authentication-app/server.ts';
import { makeTestCa } from '../../scripts/make-test-ca.ts';
import { freePort } from '../../scripts/support/free-port.ts';
import type { TestPerson } from '../../scripts/test-ca/cards.ts';

export const CLIENT_ID = 'koshu';
const KEY_ID = 'koshu-1';

const newKeys = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** A key of ours on disk, and what the provider is told of it. */
export function makeClientKey(
  folder: string,
  name = 'client',
): { file: string; publicJwk: ProviderClient['publicJwk'] } {
  const { privateKey, publicKey } = newKeys();
  const file = path.join(folder, `${name}.pem`);
  writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  return { file, publicJwk: { ...publicKey.export({ format: 'jwk' }), kid: KEY_ID, use: 'sig' } };
}

/** The settings by which Koshu finds a provider at this issuer. */
export const settingsFor = (issuer: string, keyFile: string) => ({
  OIDC_ISSUER: issuer,
  OIDC_CLIENT_ID: CLIENT_ID,
  OIDC_PRIVATE_KEY_FILE: keyFile,
  OIDC_PRIVATE_KEY_ID: KEY_ID,
  OIDC_ENV: 'test',
});

/** The demo's authentication app over HTTP, with test cards of these people, for a Koshu at `http://localhost:3000`. */
export async function startTestAuthenticationApp(people: readonly TestPerson[]) {
  const folder = mkdtempSync(path.join(tmpdir(), 'koshu-app-provider-'));
  const testCa = await makeTestCa({ outDir: path.join(folder, 'test-ca'), people });
  const { file, publicJwk } = makeClientKey(folder);
  const other = makeClientKey(folder, 'other');
  const port = await freePort();
  const keys: ProviderKeys = {
    signingJwk: { ...newKeys().privateKey.export({ format: 'jwk' }), kid: 'app-1' },
    subjectSecret: randomBytes(32).toString('base64url'),
  };
  const client = {
    clientId: CLIENT_ID,
    name: 'オンライン更新時講習',
    redirectUris: ['callback', 'signature/callback'].map((end) => `http://localhost:3000/sign-in/app/${end}`),
    publicJwk,
  };
  const otherClient = { ...client, clientId: 'other', publicJwk: other.publicJwk };
  const start = () => startAppServer({ port, clients: [client, otherClient], keys, folders: testCa });
  let server = await start();
  const issuer = issuerAt(port);
  return {
    issuer,
    testCa,
    settings: {
      ...settingsFor(issuer, file),
      OIDC_SIGN_TRANSACTIONS_ENDPOINT: signTransactionsAt(port),
      OIDC_SIGN_RESULT_ENDPOINT: `${signTransactionsAt(port)}/{id}`,
    },
    otherKeyFile: other.file,
    subjectOf: (cardId: string) => subjectOf(keys, CLIENT_ID, cardId),
    stop: () => server.close(),
    restart: async () => {
      await server.close();
      server = await start();
    },
    remove: async () => {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export interface Page {
  readonly status: number;
  readonly url: URL;
  readonly text: string;
  readonly headers: Headers;
}

interface Cookie {
  readonly name: string;
  readonly path: string;
  readonly value: string;
}

/** A browser without script at the provider: follows redirects and keeps cookies, until it is sent to another site. */
export class ProviderVisitor {
  #cookies: readonly Cookie[] = [];

  /** The page that is shown in the end, or the address of the other site. */
  async go(address: URL, form?: Record<string, string>): Promise<Page> {
    let next = { address, form };
    for (;;) {
      const response = await fetch(next.address, {
        method: next.form ? 'POST' : 'GET',
        redirect: 'manual',
        headers: { cookie: this.#cookiesFor(next.address) },
        ...(next.form && { body: new URLSearchParams(next.form) }),
      });
      for (const cookie of response.headers.getSetCookie()) this.#keep(cookie);
      const { status, headers } = response;
      const location = headers.get('location');
      const text = await response.text();
      if (location === null) return { status, headers, url: next.address, text };
      const target = new URL(location, next.address);
      if (target.origin !== address.origin) return { status, headers, url: target, text };
      next = { address: target, form: undefined };
    }
  }

  #cookiesFor({ pathname }: URL): string {
    const sent = this.#cookies.filter(
      ({ path: place }) => pathname === place || pathname.startsWith(`${place}/`) || place === '/',
    );
    return sent.map(({ name, value }) => `${name}=${value}`).join('; ');
  }

  #keep(cookie: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    const [, place = '/'] = /; path=([^;]+)/i.exec(cookie) ?? [];
    const others = this.#cookies.filter((kept) => kept.name !== name || kept.path !== place);
    this.#cookies = value === '' ? others : [...others, { name, path: place, value }];
  }

  /** Presents this card with this PIN or password at an open visit. */
  present(visit: Page, card: string, secret: string): Promise<Page> {
    return this.go(new URL(visit.url.pathname, visit.url), { card, secret });
  }

  cancel(visit: Page): Promise<Page> {
    return this.go(new URL(`${visit.url.pathname}/cancel`, visit.url), {});
  }
}

/** From the address at the provider to what it sends the browser back with. */
export async function answerAtProvider(address: URL, card: string, pin: string): Promise<URLSearchParams> {
  const visitor = new ProviderVisitor();
  const { url, text } = await visitor.present(await visitor.go(address), card, pin);
  if (!url.pathname.endsWith('/callback')) throw new Error(`the app did not accept the card: ${text}`);
  return url.searchParams;
}
