import { generateRegistrationOptions } from '@simplewebauthn/server';
import { z } from 'zod';
import type { App } from '../app.ts';
import { getInvitation } from './get-invitation.ts';
import { openPasskeyChallenge, relyingParty } from './passkey-challenge.ts';
import { listPasskeys } from './passkey.queries.ts';

export const OpenPasskeyRegistration = z.object({ invitation: z.string().max(100) });

/**
 * What the browser needs to make a passkey for the invited officer: one that finds itself without a name being typed, and that asks
 * for the person (fingerprint, face, PIN). Refused as the invitation is.
 */
export async function openPasskeyRegistration(
  app: App,
  { browserToken }: { browserToken: string },
  { invitation: token }: z.output<typeof OpenPasskeyRegistration>,
) {
  const invitation = await getInvitation(app, token);
  const { rpId } = relyingParty(app);
  const passkeys = await listPasskeys(app.db, invitation.officerId);
  const { challengeId, challenge } = await openPasskeyChallenge(app, 'passkeyRegistration', browserToken);
  const { extensions: _extensions, ...options } = await generateRegistrationOptions({
    rpName: 'Koshu',
    rpID: rpId,
    userID: new Uint8Array(Buffer.from(invitation.officerId.replaceAll('-', ''), 'hex')),
    userName: `${invitation.name} (${invitation.officeNameJa ?? invitation.commissionNameJa})`,
    userDisplayName: invitation.name,
    challenge,
    attestationType: 'none',
    excludeCredentials: passkeys,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: PASSKEY_ALGORITHMS,
  });
  return { challengeId, options };
}

/** COSE: ES256, EdDSA, RS256. */
export const PASSKEY_ALGORITHMS = [-7, -8, -257];
