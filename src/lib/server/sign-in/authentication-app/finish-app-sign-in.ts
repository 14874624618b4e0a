import { LIMITS } from '#lib/domain/limits.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../../app.ts';
import { enter, logRefusals, type Entrance, type SignInContext } from '../enter.ts';
import type { Proof } from '../proof.ts';
import { requireAuthenticationApp, spendAppRequest } from './app-request.ts';
import { exchangeCode, type CheckedToken } from './exchange-code.ts';
import { refuseErrorAnswer } from './error-answer.ts';

/**
 * Lets a learner in by the answer that his browser brings back from the provider (the query of the callback's address). Our own request is
 * spent first, then the answer is looked at. Refuses: not_found where this way is not offered; challenge_unknown, _used, _expired,
 * _other_browser; app_sign_in_cancelled; provider_unavailable, provider_answer_invalid; and as `enter` does.
 */
export function finishAppSignIn(
  app: App,
  context: SignInContext,
  answer: URLSearchParams,
): Promise<{ entrance: Entrance; next: string | null }> {
  const { requestId, browserToken } = context;
  return logRefusals(app, { method: 'oidc', ...(requestId !== undefined && { requestId }) }, async () => {
    const { config, redirectUri } = requireAuthenticationApp(app);
    const request = await spendAppRequest(app, { purpose: 'appSignIn', browserToken }, answer);
    refuseErrorAnswer(answer, config.issuer);
    const token = await exchangeCode(app, request, { answer, redirectUri });
    return { entrance: await enter(app, context, proofByToken(app, token)), next: request.next };
  });
}

/** What is left to check of a token that is the provider's, ours, fresh and of this request. */
function proofByToken(app: App, { subject, acr, issuedAt }: CheckedToken): Proof {
  const { config } = requireAuthenticationApp(app);
  if (subject === '' || subject.length > LIMITS.subjectMaxLength) refuse('sub');
  if (Math.abs(app.clock.now().getTime() - issuedAt.getTime()) > LIMITS.appSignInTtlMs) refuse('iat');
  const vouched = acr?.split(' ') ?? [];
  if (!config.acrValues.every((asked) => vouched.includes(asked))) refuse('acr');
  return {
    method: 'oidc',
    identity: { kind: 'oidc', issuer: config.issuer, subject },
    evidence: {
      issuer: new URL(config.issuer).host,
      ...(config.acrValues.length > 0 && { acr: config.acrValues.join(' ') }),
    },
  };
}

function refuse(claim: string): never {
  throw new Refusal('provider_answer_invalid', { reason: `claim_${claim}` });
}
