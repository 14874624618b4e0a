import { verifyAuthenticationResponse } from '@simplewebauthn/server';
import type { z } from 'zod';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { beginOfficerSession, type OfficerSession, type PasskeyContext } from './begin-officer-session.ts';
import { relyingParty, spendPasskeyChallenge } from './passkey-challenge.ts';
import { lockPasskey, markPasskeyUsed } from './passkey.queries.ts';
import type { PasskeySignIn } from './passkey-response.ts';

type StoredPasskey = NonNullable<Awaited<ReturnType<typeof lockPasskey>>>;

/**
 * Signs an officer in by the answer of a passkey. The challenge is spent before anything else is looked at. Refused: `challenge_*`,
 * `passkey_invalid` (unknown, not for this site, person not verified, a counter that ran backwards), `officer_disabled`.
 */
export async function signInWithPasskey(
  app: App,
  context: PasskeyContext,
  input: z.output<typeof PasskeySignIn>,
): Promise<OfficerSession> {
  const challenge = await spendPasskeyChallenge(
    app,
    'passkeySignIn',
    context.browserToken,
    input.challengeId,
  );
  return app.db.transaction().execute(async (trx) => {
    const passkey = await lockPasskey(trx, input.response.id);
    if (!passkey) throw new Refusal('passkey_invalid');
    const counter = await confirm(app, challenge, passkey, input);
    if (passkey.disabledAt !== null) throw new Refusal('officer_disabled');
    await markPasskeyUsed(trx, passkey.id, { counter, lastUsedAt: app.clock.now() });
    const { officerId, role, id: passkeyId } = passkey;
    return beginOfficerSession(app, trx, context, { officerId, role, passkeyId });
  });
}

/** The passkey's new counter. */
async function confirm(
  app: App,
  expectedChallenge: string,
  { id, publicKey, counter, transports }: StoredPasskey,
  input: z.output<typeof PasskeySignIn>,
): Promise<number> {
  const { rpId, origin } = relyingParty(app);
  const { authenticatorAttachment, ...response } = input.response;
  const result = await verifyAuthenticationResponse({
    response: { ...response, ...(authenticatorAttachment && { authenticatorAttachment }) },
    expectedChallenge,
    expectedOrigin: origin,
    expectedRPID: rpId,
    requireUserVerification: true,
    credential: { id, publicKey: new Uint8Array(publicKey), counter, transports },
  }).catch((fault: unknown) => {
    app.log.warn({ err: fault }, 'a passkey was not accepted for sign-in');
    throw new Refusal('passkey_invalid');
  });
  if (!result.verified) throw new Refusal('passkey_invalid');
  return result.authenticationInfo.newCounter;
}
