import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';

type Answer = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

export interface HostileProvider {
  readonly issuer: string;
  /** What the token endpoint and the keys' address answer next. */
  token: Answer;
  certs: Answer;
  /** What the addresses for signing answer. */
  signing: Answer;
  /** How often the keys were asked for. */
  certsAsked: number;
  /** The token endpoint answers with this ID token. */
  give(idToken: string): void;
  sign(claims: JWTPayload, header?: { alg?: string; kid?: string }): Promise<string>;
  signWithOtherKey(claims: JWTPayload): Promise<string>;
  signWithSecret(claims: JWTPayload): Promise<string>;
  unsigned(claims: JWTPayload): string;
  /** Publishes a new key under this name, in place of all before. */
  turnKeys(kid: string): Promise<void>;
  close(): Promise<void>;
}

export function sendJson(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

/** A provider that says what it likes: whatever a broken, bought or imitated one might. */
export async function startHostileProvider(): Promise<HostileProvider> {
  const server = createServer((request, response) => {
    if (request.url?.endsWith('/token')) return void provider.token(request, response);
    if (request.url?.startsWith('/api/sign-transactions')) return void provider.signing(request, response);
    provider.certsAsked += 1;
    return void provider.certs(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/realms/main`;
  let kid = 'hostile-1';
  let keys = await generateKeyPair('ES256');
  const otherKeys = await generateKeyPair('ES256');
  const rsaKeys = await generateKeyPair('RS256');

  const certs: Answer = async (_request, response) => {
    const published = [
      { ...(await exportJWK(keys.publicKey)), kid, alg: 'ES256', use: 'sig' },
      { ...(await exportJWK(rsaKeys.publicKey)), kid: 'rsa', alg: 'RS256', use: 'sig' },
    ];
    sendJson(response, { keys: published });
  };
  const provider: HostileProvider = {
    issuer,
    certs,
    token: (_request, response) => sendJson(response, {}, 400),
    signing: (_request, response) => sendJson(response, {}, 404),
    certsAsked: 0,
    give: (idToken) => {
      provider.certs = certs;
      provider.token = (_request, response) =>
        sendJson(response, { access_token: 'a', token_type: 'Bearer', expires_in: 60, id_token: idToken });
    },
    sign: (claims, header = {}) => {
      const alg = header.alg ?? 'ES256';
      const key = alg === 'RS256' ? rsaKeys.privateKey : keys.privateKey;
      return new SignJWT(claims).setProtectedHeader({ kid, ...header, alg }).sign(key);
    },
    signWithOtherKey: (claims) =>
      new SignJWT(claims).setProtectedHeader({ kid, alg: 'ES256' }).sign(otherKeys.privateKey),
    signWithSecret: async (claims) => {
      const secret = new TextEncoder().encode(JSON.stringify(await exportJWK(keys.publicKey)));
      return new SignJWT(claims).setProtectedHeader({ kid, alg: 'HS256' }).sign(secret);
    },
    unsigned: (claims) => new UnsecuredJWT(claims).encode(),
    turnKeys: async (name) => {
      kid = name;
      keys = await generateKeyPair('ES256');
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return provider;
}
