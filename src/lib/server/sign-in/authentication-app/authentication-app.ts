import { createPrivateKey } from 'node:crypto';
import { promises as fs } from 'node:fs';
import {
  allowInsecureRequests,
  Configuration,
  customFetch,
  enableNonRepudiationChecks,
  modifyAssertion,
  PrivateKeyJwt,
} from 'openid-client';
import { LIMITS } from '#lib/domain/limits.ts';
import type { App } from '../../app.ts';
import type { AuthenticationAppConfig, TokenAlgorithm } from './configuration.ts';
import { askProvider, type ProviderRequest } from './provider-fetch.ts';

/** The provider as we know it by configuration, and we as it knows us. */
export interface AuthenticationApp {
  readonly config: AuthenticationAppConfig;
  readonly client: Configuration;
  readonly redirectUri: string;
  readonly signatureRedirectUri: string;
  /** Asks one of its addresses that the library does not know. As askProvider, by its patience. */
  readonly ask: (address: string, request: ProviderRequest) => Promise<Response>;
}

/** Whether learners may sign in by the authentication app here. */
export function isAppOffered(app: Pick<App, 'authenticationApp'>): boolean {
  return app.authenticationApp !== null;
}

/** Whether the document of a first link may be signed by the app here. */
export function isAppSignatureOffered({ authenticationApp }: Pick<App, 'authenticationApp'>): boolean {
  return authenticationApp !== null && authenticationApp.config.signing !== null;
}

/** Whether whoever signs in by the app may be nobody: then every page must say so. */
export function isTestProvider(app: Pick<App, 'authenticationApp'>): boolean {
  return app.authenticationApp?.config.env === 'test';
}

/**
 * Reads our private key and makes the client; asks nothing of the provider, so that a provider that is down does not keep us from starting.
 * null without configuration. Throws when the key cannot be read or is of no use for the algorithm.
 */
export async function openAuthenticationApp(
  {
    authenticationApp: config,
    origin,
  }: { authenticationApp: AuthenticationAppConfig | null; origin: string },
  timeoutMs: number = LIMITS.providerTimeoutMs,
): Promise<AuthenticationApp | null> {
  if (config === null) return null;
  const key = await readPrivateKey(config);
  const authentication = PrivateKeyJwt(
    { key, kid: config.privateKeyId },
    {
      // The Digital Agency's service wants its token endpoint here, where others are content with the issuer.
      [modifyAssertion]: (_header, payload) => void (payload.aud = config.tokenEndpoint),
    },
  );
  const client = new Configuration(
    {
      issuer: config.issuer,
      authorization_endpoint: config.authorizationEndpoint,
      token_endpoint: config.tokenEndpoint,
      jwks_uri: config.jwksEndpoint,
    },
    config.clientId,
    { id_token_signed_response_alg: config.idTokenAlgorithm },
    authentication,
  );
  // TLS alone would do for a token that comes straight from the provider; the signature is checked all the same.
  enableNonRepudiationChecks(client);
  client[customFetch] = (address, options) => askProvider(address, options, timeoutMs);
  // Configuration has let http through for this machine in a demo only.
  if (new URL(config.tokenEndpoint).protocol === 'http:') allowInsecureRequests(client);
  return {
    config,
    client,
    redirectUri: `${origin}/sign-in/app/callback`,
    signatureRedirectUri: `${origin}/sign-in/app/signature/callback`,
    ask: (address, request) => askProvider(address, request, timeoutMs),
  };
}

const IMPORT_AS: Readonly<Record<TokenAlgorithm, RsaHashedImportParams | EcKeyImportParams>> = {
  ES256: { name: 'ECDSA', namedCurve: 'P-256' },
  PS256: { name: 'RSA-PSS', hash: 'SHA-256' },
  RS256: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
};
const RSA_MIN_BITS = 2048;

async function readPrivateKey(config: AuthenticationAppConfig): Promise<CryptoKey> {
  try {
    const text = await fs.readFile(config.privateKeyFile, 'utf8');
    const isJwk = text.trimStart().startsWith('{');
    const key = createPrivateKey(isJwk ? { key: JSON.parse(text), format: 'jwk' } : text);
    const { modulusLength = RSA_MIN_BITS } = key.asymmetricKeyDetails ?? {};
    if (modulusLength < RSA_MIN_BITS) throw new Error(`an RSA key needs ${RSA_MIN_BITS} bits`);
    const algorithm = config.privateKeyAlgorithm ?? (key.asymmetricKeyType === 'ec' ? 'ES256' : 'RS256');
    const pkcs8 = key.export({ type: 'pkcs8', format: 'der' });
    return await crypto.subtle.importKey('pkcs8', new Uint8Array(pkcs8), IMPORT_AS[algorithm], false, [
      'sign',
    ]);
  } catch (error) {
    const use = `${config.privateKeyFile} is no private key to sign with`;
    throw new Error(`OIDC_PRIVATE_KEY_FILE: ${use}`, { cause: error });
  }
}
