import { authorizationCodeGrant, ResponseBodyError } from 'openid-client';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../../app.ts';
import { requireAuthenticationApp, type KeptRequest } from './app-request.ts';
import { plainCode } from './error-answer.ts';

/** What we read of an ID token. The tokens themselves are not kept. */
export interface CheckedToken {
  readonly subject: string;
  readonly acr: string | undefined;
  readonly issuedAt: Date;
  /** For what else the request asked of the provider. */
  readonly accessToken: string;
}

/**
 * Exchanges the code for an ID token and checks it (OpenID Connect Core §3.1.3.7): signature by the provider's published key in the one
 * algorithm that is configured, issuer, audience, dates, nonce. Refuses: provider_unavailable, provider_answer_invalid.
 */
export async function exchangeCode(
  app: App,
  { state, nonce, codeVerifier }: KeptRequest,
  { answer, redirectUri }: { answer: URLSearchParams; redirectUri: string },
): Promise<CheckedToken> {
  const { client } = requireAuthenticationApp(app);
  // The address as we know it: what a proxy makes of it on its way must not count.
  const callback = new URL(`${redirectUri}?${answer.toString()}`);
  try {
    const tokens = await authorizationCodeGrant(client, callback, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: codeVerifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (claims === undefined) throw new Refusal('provider_answer_invalid', { reason: 'id_token' });
    return {
      subject: claims.sub,
      acr: typeof claims.acr === 'string' ? claims.acr : undefined,
      issuedAt: new Date(claims.iat * 1000),
      accessToken: tokens.access_token,
    };
  } catch (thrown) {
    throw refusalOf(thrown);
  }
}

/** What the library's error means to the person: what askProvider refused, however deep it is wrapped, or provider_answer_invalid. */
export function refusalOf(thrown: unknown): Refusal {
  return refusalIn(thrown) ?? new Refusal('provider_answer_invalid', { reason: reasonOf(thrown) });
}

function refusalIn(thrown: unknown): Refusal | undefined {
  if (thrown instanceof Refusal) return thrown;
  return thrown instanceof Error ? refusalIn(thrown.cause) : undefined;
}

/** Only codes: the causes on these errors hold tokens and claims. */
function reasonOf(thrown: unknown): string {
  if (thrown instanceof ResponseBodyError) return plainCode(thrown.error);
  if (!(thrown instanceof Error)) return 'unknown';
  return 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : thrown.name;
}
