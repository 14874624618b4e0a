import { randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { LIMITS } from '#lib/domain/limits.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../../app.ts';
import { hashOfBrowser, openChallenge, spendChallenge } from '../challenge.ts';
import type { AuthenticationApp } from './authentication-app.ts';

const SECRET_BYTES = 32;
const secret = () => randomBytes(SECRET_BYTES).toString('base64url');
const STATE = /^([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\.[\w-]{43}$/;

/** What we keep of a request to the provider until its answer comes back, in the challenge's value. Nothing of a person. */
const KeptRequest = z.object({
  state: z.string(),
  nonce: z.string(),
  /** PKCE (RFC 7636). */
  codeVerifier: z.string(),
  /** Where the person wanted to go. */
  next: z.string().nullable(),
  /** For a signature: the transaction at the provider, and the document of the first link. */
  signing: z.object({ transactionId: z.string(), linkId: z.uuid(), documentNonce: z.string() }).nullable(),
});
export type AppPurpose = 'appSignIn' | 'appSignature';
export type KeptRequest = z.infer<typeof KeptRequest>;

export interface NewAppRequest {
  readonly purpose: AppPurpose;
  readonly browserToken: string;
  readonly next?: string | null;
  readonly signing?: KeptRequest['signing'];
}

/** A request that only this browser can bring back, once, within LIMITS.appSignInTtlMs. Its state carries the challenge's id and a secret. */
export async function openAppRequest(
  app: App,
  { purpose, browserToken, next = null, signing = null }: NewAppRequest,
): Promise<KeptRequest> {
  const { value } = await openChallenge(app, {
    purpose,
    browserSha256: hashOfBrowser(browserToken),
    ttlMs: LIMITS.appSignInTtlMs,
    value: ({ id }) => {
      const isKept = next !== null && next.length <= LIMITS.nextMaxLength;
      const request: KeptRequest = {
        state: `${id}.${secret()}`,
        nonce: secret(),
        codeVerifier: secret(),
        next: isKept ? next : null,
        signing,
      };
      return JSON.stringify(request);
    },
  });
  return KeptRequest.parse(JSON.parse(value));
}

/**
 * Finds by its state the request that an answer belongs to, and spends it before anything else of the answer is looked at. Refused: as
 * spendChallenge does; challenge_unknown also for a state that is missing, given twice, or not the very one.
 */
export async function spendAppRequest(
  app: App,
  { purpose, browserToken }: { purpose: AppPurpose; browserToken: string },
  answer: URLSearchParams,
): Promise<KeptRequest> {
  const states = answer.getAll('state');
  const state = states[0] ?? '';
  const id = STATE.exec(state)?.[1];
  if (id === undefined || states.length !== 1) throw new Refusal('challenge_unknown');
  const value = await spendChallenge(app, purpose, { id, browserSha256: hashOfBrowser(browserToken) });
  const request = KeptRequest.parse(JSON.parse(value));
  if (!timingSafeEqual(Buffer.from(request.state), Buffer.from(state)))
    throw new Refusal('challenge_unknown');
  return request;
}

/** The configured provider. Refused as not_found where this way is not offered. */
export function requireAuthenticationApp({ authenticationApp }: App): AuthenticationApp {
  if (authenticationApp === null) throw new Refusal('not_found');
  return authenticationApp;
}
