import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../../app.ts';
import { getFirstLink } from '../../first-link/get-first-link.ts';
import { openAppRequest, requireAuthenticationApp } from './app-request.ts';
import { authorizationUrl } from './authorization-url.ts';
import { openSignTransaction } from './sign-transaction.ts';

/**
 * Begins to have the document of this browser's first link signed by the authentication app: the address at the provider where the browser
 * has to go. The provider is told the document's digest only. Refused: not_found where this is not offered; first_link_over when no document
 * waits to be signed; provider_unavailable, provider_answer_invalid.
 */
export async function startAppSignature(app: App, { browserToken }: { browserToken: string }): Promise<URL> {
  const provider = requireAuthenticationApp(app);
  const link = await getFirstLink(app, { browserToken });
  if (link?.state !== 'open') throw new Refusal('first_link_over');
  const transactionId = await openSignTransaction(provider, link.document);
  const signing = { transactionId, linkId: link.id, documentNonce: link.nonce };
  const request = await openAppRequest(app, { purpose: 'appSignature', browserToken, signing });
  return authorizationUrl(provider, request, {
    redirect_uri: provider.signatureRedirectUri,
    scope: 'openid sign',
    sign_transaction_id: transactionId,
  });
}
