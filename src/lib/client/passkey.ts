import {
  browserSupportsWebAuthn,
  startAuthentication,
  startRegistration,
  WebAuthnError,
} from '@simplewebauthn/browser';
import { refusalOf, trpc } from './trpc.ts';

/** Why no answer came of the authenticator. A refusal of the server has its own words. */
export type PasskeyFault = 'unsupported' | 'cancelled' | 'known' | 'tooMany' | 'line';

/** The answer of an authenticator, for the hidden fields of the form. */
export interface PasskeyAnswer {
  readonly challengeId: string;
  readonly response: string;
}

export type PasskeyOutcome = { readonly answer: PasskeyAnswer } | { readonly fault: PasskeyFault };

/** Asks for a passkey of this site; the officer chooses on the device. */
export function askForPasskey(): Promise<PasskeyOutcome> {
  return ask(async () => {
    const { challengeId, options } = await trpc.passkey.openSignIn.mutate();
    const response = await startAuthentication({ optionsJSON: options });
    return { challengeId, response: JSON.stringify(response) };
  });
}

/** Makes a passkey on this device for the officer whom the invitation is for. */
export function makePasskey(invitation: string): Promise<PasskeyOutcome> {
  return ask(async () => {
    const { challengeId, options } = await trpc.passkey.openRegistration.mutate({ invitation });
    const response = await startRegistration({ optionsJSON: options });
    return { challengeId, response: JSON.stringify(response) };
  });
}

async function ask(answer: () => Promise<PasskeyAnswer>): Promise<PasskeyOutcome> {
  if (!browserSupportsWebAuthn()) return { fault: 'unsupported' };
  try {
    return { answer: await answer() };
  } catch (thrown) {
    return { fault: faultOf(thrown) };
  }
}

function faultOf(thrown: unknown): PasskeyFault {
  if (thrown instanceof WebAuthnError) {
    return thrown.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED' ? 'known' : 'cancelled';
  }
  const refusal = refusalOf(thrown);
  if (refusal?.code === 'too_many_requests') return 'tooMany';
  // An invitation that has ended meanwhile shows on the page when it is loaded again.
  if (refusal !== null) return 'cancelled';
  return thrown instanceof DOMException ? 'cancelled' : 'line';
}
