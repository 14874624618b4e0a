import { createHmac, randomBytes } from 'node:crypto';
import Provider, { interactionPolicy, type JWK } from 'oidc-provider';
import { memoryAdapter } from './memory-adapter.ts';
import { errorPage } from './pages.ts';
import { pageHeaders } from './style.ts';

/** What the Digital Agency's service vouches for in its reference: a card that was asked for its PIN, and looked up in the revocation list. */
export const ACR = 'aal3 crl';
const MINUTES = 60;

export interface ProviderClient {
  readonly clientId: string;
  readonly name: string;
  readonly redirectUris: readonly string[];
  readonly publicJwk: JWK;
}

export interface ProviderKeys {
  /** Private JWK on P-256, with a kid. */
  readonly signingJwk: JWK;
  /** Of it and the card the subjects are made: the same card is the same subject after a restart. */
  readonly subjectSecret: string;
}

/** What a service is told instead of who somebody is: another word for each service, the same for each visit. */
export function subjectOf({ subjectSecret }: ProviderKeys, clientId: string, cardId: string): string {
  return createHmac('sha256', subjectSecret).update(`${clientId}\n${cardId}`).digest('base64url');
}

/** A real OpenID provider that asks of its clients what the Digital Agency's asks: code flow, PKCE, private_key_jwt; ES256, pairwise. */
export function makeProvider(
  issuer: string,
  clients: readonly ProviderClient[],
  keys: ProviderKeys,
): Provider {
  const policy = interactionPolicy.base();
  policy.remove('consent');
  const path = '/protocol/openid-connect';
  return new Provider(issuer, {
    adapter: memoryAdapter(),
    clients: clients.map(({ clientId, name, redirectUris, publicJwk }) => ({
      client_id: clientId,
      client_name: name,
      redirect_uris: [...redirectUris],
      response_types: ['code'],
      grant_types: ['authorization_code', 'client_credentials'],
      subject_type: 'pairwise',
      id_token_signed_response_alg: 'ES256',
      token_endpoint_auth_method: 'private_key_jwt',
      jwks: { keys: [publicJwk] },
    })),
    jwks: { keys: [{ ...keys.signingJwk, alg: 'ES256', use: 'sig' }] },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    routes: {
      authorization: `${path}/auth`,
      token: `${path}/token`,
      userinfo: `${path}/userinfo`,
      jwks: `${path}/certs`,
    },
    scopes: ['openid', 'sign'],
    extraParams: ['sign_transaction_id'],
    responseTypes: ['code'],
    subjectTypes: ['pairwise'],
    pairwiseIdentifier: (_ctx, cardId, client) => subjectOf(keys, client.clientId, cardId),
    clientAuthMethods: ['private_key_jwt'],
    enabledJWA: {
      idTokenSigningAlgValues: ['ES256'],
      clientAuthSigningAlgValues: ['ES256', 'PS256', 'RS256'],
    },
    pkce: { required: () => true },
    acrValues: ACR.split(' '),
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
    },
    interactions: { policy, url: (_ctx, { uid }) => `${new URL(issuer).pathname}/interaction/${uid}` },
    findAccount: (_ctx, cardId) => ({ accountId: cardId, claims: () => ({ sub: cardId }) }),
    // Nobody is asked which data may be handed on: there is none but the subject, and what they have just signed.
    loadExistingGrant: async ({ oidc }) => {
      const { client, session, provider } = oidc;
      if (!client || !session?.accountId) return undefined;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid sign');
      await grant.save();
      return grant;
    },
    // No session outlives the visit: whoever comes next has to hold a card of his own to the phone.
    expiresWithSession: () => false,
    ttl: {
      AuthorizationCode: MINUTES,
      AccessToken: 5 * MINUTES,
      IdToken: 5 * MINUTES,
      Interaction: 10 * MINUTES,
      Session: 10 * MINUTES,
      Grant: 10 * MINUTES,
      ClientCredentials: 5 * MINUTES,
    },
    renderError: (ctx, out) => {
      ctx.type = 'html';
      ctx.set(pageHeaders([]));
      ctx.body = errorPage(out.error);
    },
  });
}
