import type { App } from '../../app.ts';
import { openAppRequest, requireAuthenticationApp } from './app-request.ts';
import { authorizationUrl } from './authorization-url.ts';

/**
 * Begins a sign-in by the authentication app: the address at the provider where the browser has to go. Of the person only `openid` is
 * asked: neither name nor address. Refused as not_found where this way is not offered.
 */
export async function startAppSignIn(
  app: App,
  input: { readonly browserToken: string; readonly next: string | null },
): Promise<URL> {
  const provider = requireAuthenticationApp(app);
  const { acrValues } = provider.config;
  const request = await openAppRequest(app, { purpose: 'appSignIn', ...input });
  return authorizationUrl(provider, request, {
    redirect_uri: provider.redirectUri,
    scope: 'openid',
    ...(acrValues.length > 0 && { acr_values: acrValues.join(' ') }),
  });
}
