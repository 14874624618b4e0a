import path from 'node:path';
import { z } from 'zod';

const TOKEN_ALGORITHMS = ['ES256', 'PS256', 'RS256'] as const;
export type TokenAlgorithm = (typeof TOKEN_ALGORITHMS)[number];

/** The authentication app (デジタル認証アプリ), or a provider that stands for it; everything fixed, nothing is asked of it at start. */
export interface AuthenticationAppConfig {
  /** As the provider writes it into its tokens, to the letter. */
  readonly issuer: string;
  readonly clientId: string;
  /** Private key, PEM (PKCS#8) or JWK: how we prove to the provider who asks (private_key_jwt). */
  readonly privateKeyFile: string;
  readonly privateKeyId: string;
  /** null: by the kind of key. */
  readonly privateKeyAlgorithm: TokenAlgorithm | null;
  /** What the provider must vouch for, all of it; empty: nothing in particular. */
  readonly acrValues: readonly string[];
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly jwksEndpoint: string;
  readonly idTokenAlgorithm: TokenAlgorithm;
  /** null: documents are not signed by the app here. `{id}` in the result's address stands for the transaction. */
  readonly signing: { readonly transactionsEndpoint: string; readonly resultEndpoint: string } | null;
  /** `test`: whoever signs in by it may be nobody, and every page says so. */
  readonly env: 'production' | 'test';
}

const REQUIRED = ['OIDC_CLIENT_ID', 'OIDC_PRIVATE_KEY_FILE', 'OIDC_PRIVATE_KEY_ID'] as const;
const SIGNING = ['OIDC_SIGN_TRANSACTIONS_ENDPOINT', 'OIDC_SIGN_RESULT_ENDPOINT'] as const;
const ENDPOINTS = [
  'OIDC_AUTHORIZATION_ENDPOINT',
  'OIDC_TOKEN_ENDPOINT',
  'OIDC_JWKS_ENDPOINT',
  ...SIGNING,
] as const;

/** A line `NAME=` in a file of settings means the same as no line. */
const orUnset = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

const Settings = z.object({
  KOSHU_MODE: z.string().optional(),
  ALLOW_TEST_CARDS: z.string().optional(),
  OIDC_ISSUER: orUnset(z.url()),
  OIDC_CLIENT_ID: orUnset(z.string().max(255)),
  OIDC_PRIVATE_KEY_FILE: orUnset(z.string()),
  OIDC_PRIVATE_KEY_ID: orUnset(z.string()),
  OIDC_PRIVATE_KEY_ALG: orUnset(z.enum(TOKEN_ALGORITHMS)),
  OIDC_ACR_VALUES: orUnset(
    z.string().regex(/^[!-~]+( [!-~]+)*$/, 'must be words with one space between them'),
  ),
  OIDC_AUTHORIZATION_ENDPOINT: orUnset(z.url()),
  OIDC_TOKEN_ENDPOINT: orUnset(z.url()),
  OIDC_JWKS_ENDPOINT: orUnset(z.url()),
  OIDC_SIGN_TRANSACTIONS_ENDPOINT: orUnset(z.url()),
  OIDC_SIGN_RESULT_ENDPOINT: orUnset(z.url().includes('{id}')),
  OIDC_ID_TOKEN_ALG: orUnset(z.enum(TOKEN_ALGORITHMS)),
  OIDC_ENV: orUnset(z.enum(['production', 'test'])),
});
type Settings = z.infer<typeof Settings>;

/**
 * Reads the OIDC_* settings: all that is needed, or null when no provider is named. Its issues name every setting that is missing of a half
 * configuration, an address without https, and a test provider where real licences are renewed.
 */
export const AuthenticationAppSettings = Settings.transform(
  (env, context): AuthenticationAppConfig | null => {
    const faults = env.OIDC_ISSUER === undefined ? strayOf(env) : faultsOf(env, env.OIDC_ISSUER);
    for (const { name, message } of faults) {
      context.issues.push({ code: 'custom', path: [name], message, input: undefined });
    }
    const {
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: clientId,
      OIDC_PRIVATE_KEY_FILE: file,
      OIDC_PRIVATE_KEY_ID: id,
      OIDC_SIGN_TRANSACTIONS_ENDPOINT: transactionsEndpoint,
      OIDC_SIGN_RESULT_ENDPOINT: resultEndpoint,
    } = env;
    if (faults.length > 0 || !issuer || !clientId || !file || !id) return null;
    const protocol = `${issuer.replace(/\/$/, '')}/protocol/openid-connect`;
    return {
      issuer,
      clientId,
      privateKeyFile: path.resolve(file),
      privateKeyId: id,
      privateKeyAlgorithm: env.OIDC_PRIVATE_KEY_ALG ?? null,
      acrValues: env.OIDC_ACR_VALUES?.split(' ') ?? [],
      authorizationEndpoint: env.OIDC_AUTHORIZATION_ENDPOINT ?? `${protocol}/auth`,
      tokenEndpoint: env.OIDC_TOKEN_ENDPOINT ?? `${protocol}/token`,
      jwksEndpoint: env.OIDC_JWKS_ENDPOINT ?? `${protocol}/certs`,
      idTokenAlgorithm: env.OIDC_ID_TOKEN_ALG ?? 'ES256',
      signing: transactionsEndpoint && resultEndpoint ? { transactionsEndpoint, resultEndpoint } : null,
      env: env.OIDC_ENV ?? 'production',
    };
  },
);

interface Fault {
  readonly name: string;
  readonly message: string;
}

const present = (env: Settings) =>
  Object.entries(env).filter(([name, value]) => name.startsWith('OIDC_') && value !== undefined);

/** Somebody began to configure and forgot the provider: better said than passed over. */
function strayOf(env: Settings): Fault[] {
  const names = present(env).map(([name]) => name);
  if (names.length === 0) return [];
  return [{ name: 'OIDC_ISSUER', message: `is missing, although ${names.join(', ')} is set` }];
}

function faultsOf(env: Settings, issuer: string): Fault[] {
  const missing: Fault[] = REQUIRED.filter((name) => env[name] === undefined).map((name) => ({
    name,
    message: 'is missing, although OIDC_ISSUER is set',
  }));
  const halfSigning = SIGNING.filter((name) => env[name] === undefined);
  if (halfSigning.length === 1)
    missing.push({ name: halfSigning[0]!, message: 'is missing, although its twin is set' });
  const addresses = [
    ['OIDC_ISSUER', issuer] as const,
    ...ENDPOINTS.map((name) => [name, env[name]] as const),
  ];
  const insecure = addresses.flatMap(([name, address]) =>
    address === undefined || isSecure(address, env) ? [] : [{ name, message: 'must be https' }],
  );
  const isRehearsal = env.KOSHU_MODE === 'demo' || env.KOSHU_MODE === 'test' || env.ALLOW_TEST_CARDS === '1';
  const rehearsal =
    env.OIDC_ENV === 'test' && !isRehearsal
      ? [{ name: 'OIDC_ENV', message: 'a test provider needs ALLOW_TEST_CARDS=1 with KOSHU_MODE=production' }]
      : [];
  return [...missing, ...insecure, ...rehearsal];
}

/** https, or this machine itself where nobody's licence is at stake (RFC 8252 §7.3 knows the same exception). */
function isSecure(address: string, { KOSHU_MODE }: Settings): boolean {
  const { protocol, hostname } = new URL(address);
  if (protocol === 'https:') return true;
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return protocol === 'http:' && isLoopback && (KOSHU_MODE === 'demo' || KOSHU_MODE === 'test');
}
