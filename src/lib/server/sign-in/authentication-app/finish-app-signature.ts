import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../../app.ts';
import { signFirstLink, type FirstLinkOutcome } from '../../first-link/sign-first-link.ts';
import { logRefusals, type SignInContext } from '../enter.ts';
import { requireAuthenticationApp, spendAppRequest, type KeptRequest } from './app-request.ts';
import { refuseErrorAnswer } from './error-answer.ts';
import { exchangeCode } from './exchange-code.ts';
import { fetchSignature, type AppSignature } from './sign-transaction.ts';

/**
 * Fetches what the person signed in the authentication app, by the answer that his browser brings back, and hands it to the first link, which
 * verifies it like any other signature over the same document: that it comes from the app proves nothing. Refuses as finishAppSignIn and
 * signFirstLink do.
 */
export async function finishAppSignature(
  app: App,
  context: SignInContext,
  answer: URLSearchParams,
): Promise<FirstLinkOutcome> {
  const { requestId } = context;
  const { signing, signed } = await logRefusals(
    app,
    { method: 'oidc', ...(requestId !== undefined && { requestId }) },
    () => fetchSigned(app, context, answer),
  );
  const { linkId: id, documentNonce: nonce } = signing;
  return signFirstLink(app, context, { id, nonce, signed: { kind: 'raw', ...signed } });
}

async function fetchSigned(
  app: App,
  { browserToken }: SignInContext,
  answer: URLSearchParams,
): Promise<{ signing: NonNullable<KeptRequest['signing']>; signed: AppSignature }> {
  const provider = requireAuthenticationApp(app);
  const request = await spendAppRequest(app, { purpose: 'appSignature', browserToken }, answer);
  const { signing } = request;
  if (signing === null) throw new Refusal('challenge_unknown');
  refuseErrorAnswer(answer, provider.config.issuer);
  const { accessToken } = await exchangeCode(app, request, {
    answer,
    redirectUri: provider.signatureRedirectUri,
  });
  const signed = await fetchSignature(provider, { transactionId: signing.transactionId, accessToken });
  return { signing, signed };
}
