import { buildAuthorizationUrl, calculatePKCECodeChallenge } from 'openid-client';
import type { KeptRequest } from './app-request.ts';
import type { AuthenticationApp } from './authentication-app.ts';

/** The address at the provider for a request of ours: code flow, PKCE S256 (RFC 7636). */
export async function authorizationUrl(
  { client }: AuthenticationApp,
  { state, nonce, codeVerifier }: KeptRequest,
  asked: Readonly<Record<string, string>>,
): Promise<URL> {
  return buildAuthorizationUrl(client, {
    ...asked,
    state,
    nonce,
    code_challenge: await calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
    ui_locales: 'ja',
  });
}
