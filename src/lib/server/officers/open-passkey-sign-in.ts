import { generateAuthenticationOptions } from '@simplewebauthn/server';
import type { App } from '../app.ts';
import { openPasskeyChallenge, relyingParty } from './passkey-challenge.ts';

/** What the browser needs to ask for a passkey of this site: nobody types a name, the passkey says whose it is. */
export async function openPasskeySignIn(app: App, { browserToken }: { browserToken: string }) {
  const { challengeId, challenge } = await openPasskeyChallenge(app, 'passkeySignIn', browserToken);
  const { rpId } = relyingParty(app);
  const request = { rpID: rpId, challenge, userVerification: 'required' } as const;
  const { extensions: _extensions, ...options } = await generateAuthenticationOptions(request);
  return { challengeId, options };
}
