import { constants, createPrivateKey, privateEncrypt, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import type { OpenedCard } from './cards.ts';
import { readBody } from './read-body.ts';

const SHA256_BYTES = 32;
/** DigestInfo for SHA-256 (RFC 8017 §9.2, note 1): the app gets digests, and signs what an ordinary signature over the document signs. */
const DIGEST_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex');

interface SignTransaction {
  readonly clientId: string;
  readonly digest: Buffer;
  signed: { readonly cardId: string; readonly signature: string; readonly certificate: string } | null;
}

/** What services want to have signed, and what was signed; in memory, gone with the program. */
export interface SignTransactions {
  /** Whether this service has opened this transaction, and nobody has signed in it yet. */
  isOpen(id: string, clientId: string): boolean;
  /** Signs its digest with the card. */
  sign(id: string, cardId: string, card: OpenedCard): void;
  /** POST opens a transaction, GET on `/{id}` hands out what was signed. */
  answer(request: IncomingMessage, response: ServerResponse, id: string | null): Promise<void>;
}

export function makeSignTransactions(provider: Provider): SignTransactions {
  const transactions = new Map<string, SignTransaction>();

  async function open(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const token = await provider.ClientCredentials.find(bearerOf(request));
    const clientId = token?.scopes.has('sign') ? token.clientId : undefined;
    if (clientId === undefined) return sendJson(response, 401, { error: 'invalid_token' });
    const digest = readDigest(await readBody(request));
    if (digest === null) return sendJson(response, 400, { error: 'invalid_request' });
    const id = randomUUID();
    transactions.set(id, { clientId, digest, signed: null });
    sendJson(response, 201, { sign_transaction_id: id });
  }

  async function handOut(request: IncomingMessage, response: ServerResponse, id: string): Promise<void> {
    const token = await provider.AccessToken.find(bearerOf(request));
    if (!token?.scopes.has('sign')) return sendJson(response, 401, { error: 'invalid_token' });
    const transaction = transactions.get(id);
    const isTheirs =
      transaction?.clientId === token.clientId && transaction?.signed?.cardId === token.accountId;
    if (!isTheirs || !transaction?.signed) return sendJson(response, 404, { error: 'not_found' });
    const { signature, certificate } = transaction.signed;
    sendJson(response, 200, { signature, certificate });
  }

  return {
    isOpen: (id, clientId) => {
      const transaction = transactions.get(id);
      return transaction?.clientId === clientId && transaction.signed === null;
    },
    sign: (id, cardId, { certificate, privateKey }) => {
      const transaction = transactions.get(id);
      if (!transaction) throw new Error('there is nothing to sign');
      const key = createPrivateKey({ key: privateKey, format: 'der', type: 'pkcs8' });
      const info = Buffer.concat([DIGEST_INFO, transaction.digest]);
      const signature = privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, info).toString(
        'base64',
      );
      transaction.signed = { cardId, signature, certificate: certificate.toString('base64') };
    },
    answer: (request, response, id) => {
      if (id === null && request.method === 'POST') return open(request, response);
      if (id !== null && request.method === 'GET') return handOut(request, response, id);
      return Promise.resolve(sendJson(response, 404, { error: 'not_found' }));
    },
  };
}

const bearerOf = (request: IncomingMessage) =>
  /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';

function readDigest(text: string): Buffer | null {
  try {
    const { digest } = JSON.parse(text) as { digest?: unknown };
    const bytes = Buffer.from(typeof digest === 'string' ? digest : '', 'base64');
    return bytes.length === SHA256_BYTES ? bytes : null;
  } catch {
    return null;
  }
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(value));
}
