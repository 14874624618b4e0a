import { redirect } from '@sveltejs/kit';
import { limitAttempts } from '#lib/http/entrance.ts';
import { parseForm, safeNext } from '#lib/http/forms.ts';
import { enterAsOfficer, OFFICER_HOME, passkeyContext } from '#lib/http/officer-session.ts';
import { attempt, viewRefusal } from '#lib/http/refusals.ts';
import { takeRefusal } from '#lib/http/session-cookie.ts';
import { PasskeySignIn } from '#lib/server/officers/passkey-response.ts';
import { signInWithPasskey } from '#lib/server/officers/sign-in-with-passkey.ts';
import type { Actions, PageServerLoad } from './$types.ts';

export const load: PageServerLoad = (event) => {
  const { actor } = event.locals;
  if (actor && actor.kind !== 'learner') redirect(303, OFFICER_HOME[actor.kind]);
  const refusal = takeRefusal(event);
  return { refusal: refusal && viewRefusal(refusal) };
};

export const actions: Actions = {
  default: (event) =>
    attempt(async () => {
      await limitAttempts(event);
      const input = await parseForm(event.request, PasskeySignIn);
      const session = await signInWithPasskey(event.locals.app, passkeyContext(event), input);
      return enterAsOfficer(event, session, safeNext(event.url.searchParams.get('next'), '/'));
    }),
};
