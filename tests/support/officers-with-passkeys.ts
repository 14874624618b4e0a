import type { App } from '#lib/server/app.ts';
import { inviteOfficer } from '#lib/server/officers/invite-officer.ts';
import { openPasskeyRegistration } from '#lib/server/officers/open-passkey-registration.ts';
import { openPasskeySignIn } from '#lib/server/officers/open-passkey-sign-in.ts';
import { PasskeyRegistration, PasskeySignIn } from '#lib/server/officers/passkey-response.ts';
import { registerPasskey } from '#lib/server/officers/register-passkey.ts';
import { signInWithPasskey } from '#lib/server/officers/sign-in-with-passkey.ts';
import { SoftwarePasskey } from './software-passkey.ts';

/** The browser in which everything happens unless a test says otherwise. */
export const BROWSER = { browserToken: 'this-browser', userAgent: 'Firefox' };

export const MORI = {
  name: '森 和子',
  role: 'counterOfficer',
  commissionCode: 'kanagawa',
  officeNameJa: '神奈川県警察 運転免許センター',
} as const;

/** Officers of one licence centre with their links and passkeys, through the operations that the pages call. */
export function officersOf(app: App) {
  const newPasskey = () => new SoftwarePasskey(app.config.origin);

  async function invite(name: string) {
    const { officerId, url } = await inviteOfficer(app, { ...MORI, name });
    return { officerId, token: url.split('/').at(-1)! };
  }

  async function register(token: string, passkey: SoftwarePasskey) {
    const { challengeId, options } = await openPasskeyRegistration(app, BROWSER, { invitation: token });
    const input = PasskeyRegistration.parse({ challengeId, response: passkey.register(options) });
    return registerPasskey(app, BROWSER, token, input);
  }

  async function signIn(passkey: SoftwarePasskey, context = BROWSER) {
    const { challengeId, options } = await openPasskeySignIn(app, BROWSER);
    const input = PasskeySignIn.parse({ challengeId, response: passkey.signIn(options) });
    return signInWithPasskey(app, context, input);
  }

  async function newOfficer(name: string) {
    const passkey = newPasskey();
    const { officerId, token } = await invite(name);
    await register(token, passkey);
    return { officerId, passkey };
  }
  return { newPasskey, invite, register, signIn, newOfficer };
}
