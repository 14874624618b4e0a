import { verifyRegistrationResponse } from '@simplewebauthn/server';
import type { z } from 'zod';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { beginOfficerSession, type OfficerSession, type PasskeyContext } from './begin-officer-session.ts';
import { hashOfInvitation } from './create-invitation.ts';
import { getInvitation } from './get-invitation.ts';
import { useInvitation } from './officer.queries.ts';
import { PASSKEY_ALGORITHMS } from './open-passkey-registration.ts';
import { relyingParty, spendPasskeyChallenge } from './passkey-challenge.ts';
import { insertPasskey } from './passkey.queries.ts';
import type { PasskeyRegistration } from './passkey-response.ts';

/**
 * Keeps the invited officer's new passkey, uses up the invitation and signs the officer in. Refused: `invitation_invalid`,
 * `officer_disabled`, `challenge_*`, `passkey_invalid` (not for this site or challenge, person not verified, already registered).
 */
export async function registerPasskey(
  app: App,
  context: PasskeyContext,
  token: string,
  input: z.output<typeof PasskeyRegistration>,
): Promise<OfficerSession> {
  const invitation = await getInvitation(app, token);
  const challenge = await spendPasskeyChallenge(
    app,
    'passkeyRegistration',
    context.browserToken,
    input.challengeId,
  );
  const passkey = await confirm(app, challenge, input);
  return app.db.transaction().execute(async (trx) => {
    const now = app.clock.now();
    const used = await useInvitation(trx, hashOfInvitation(token), now);
    if (!used) throw new Refusal('invitation_invalid');
    const inserted = await insertPasskey(trx, {
      id: passkey.id,
      officerId: used.officerId,
      publicKey: Buffer.from(passkey.publicKey),
      counter: passkey.counter,
      transports: input.response.response.transports,
      createdAt: now,
      lastUsedAt: now,
    });
    if (!inserted) throw new Refusal('passkey_invalid');
    const officer = { officerId: used.officerId, role: invitation.role, passkeyId: passkey.id };
    await appendAudit(trx, 'system', {
      what: 'passkey.registered',
      subject: { kind: 'officer', id: used.officerId },
      detail: { passkey: passkey.id },
    });
    return beginOfficerSession(app, trx, context, officer);
  });
}

async function confirm(app: App, expectedChallenge: string, input: z.output<typeof PasskeyRegistration>) {
  const { rpId, origin } = relyingParty(app);
  const { authenticatorAttachment, ...response } = input.response;
  const verified = await verifyRegistrationResponse({
    response: { ...response, ...(authenticatorAttachment && { authenticatorAttachment }) },
    expectedChallenge,
    expectedOrigin: origin,
    expectedRPID: rpId,
    requireUserVerification: true,
    supportedAlgorithmIDs: PASSKEY_ALGORITHMS,
  }).catch((fault: unknown) => {
    app.log.warn({ err: fault }, 'a passkey was not accepted for registration');
    throw new Refusal('passkey_invalid');
  });
  if (!verified.verified) throw new Refusal('passkey_invalid');
  return verified.registrationInfo.credential;
}
