import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { openCards, type CardFolders } from './cards.ts';
import { interactionHandler } from './interaction.ts';
import { makeSignTransactions } from './sign-transactions.ts';
import { makeProvider, type ProviderClient, type ProviderKeys } from './provider.ts';

const HOST = '127.0.0.1';
const REALM = '/api/realms/main';
const SIGN_TRANSACTIONS = '/api/sign-transactions';

export interface AppServerOptions {
  readonly port: number;
  readonly clients: readonly ProviderClient[];
  readonly keys: ProviderKeys;
  readonly folders: CardFolders;
}

export interface AppServer {
  close(): Promise<void>;
}

/** Where such a server is found. By number and not by name, so that browsers hold it and Koshu's own host for two sites, as they really are. */
export const issuerAt = (port: number) => `http://${HOST}:${port}${REALM}`;

const TRANSACTION = new RegExp(`^(${SIGN_TRANSACTIONS})(?:/([\\w-]+))?$`);

/** Where documents are signed; what was signed is at `/{id}`. */
export const signTransactionsAt = (port: number) => `http://${HOST}:${port}${SIGN_TRANSACTIONS}`;

/** The authentication app for demo and tests: a real OpenID provider on this machine, with test cards in place of the phone's reader. */
export async function startAppServer({ port, clients, keys, folders }: AppServerOptions): Promise<AppServer> {
  const provider = makeProvider(issuerAt(port), clients, keys);
  provider.on('server_error', (_ctx, error) => process.stderr.write(`${error.stack}\n`));
  const answer = provider.callback();
  const cards = { auth: openCards('auth', folders), sign: openCards('sign', folders) };
  const transactions = makeSignTransactions(provider);
  const interact = interactionHandler({ provider, cards, transactions });

  const server = createServer((request, response) => {
    const url = request.url ?? '';
    const [, isTransactions, id = null] = TRANSACTION.exec(url) ?? [];
    if (isTransactions !== undefined) {
      return void transactions.answer(request, response, id).catch((fault: unknown) => fail(response, fault));
    }
    if (!url.startsWith(`${REALM}/`)) return void response.writeHead(404).end();
    if (url.startsWith(`${REALM}/interaction/`)) {
      const { pathname } = new URL(url, issuerAt(port));
      return void interact(request, response, pathname).catch((fault: unknown) => fail(response, fault));
    }
    forgetSession(request);
    // oidc-provider finds where it is mounted by the difference of the two.
    Object.assign(request, { originalUrl: url, url: url.slice(REALM.length) });
    return void answer(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, resolve);
  });
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Whoever was here before is not taken for whoever is here now: the app asks for the card every time. */
function forgetSession(request: IncomingMessage): void {
  const cookies = request.headers.cookie?.split('; ').filter((cookie) => !cookie.startsWith('_session'));
  if (cookies) request.headers.cookie = cookies.join('; ');
}

function fail(response: ServerResponse, fault: unknown): void {
  process.stderr.write(`${fault instanceof Error ? fault.stack : String(fault)}\n`);
  if (!response.headersSent) response.writeHead(500);
  response.end();
}
