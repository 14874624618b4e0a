import { redirect } from '@sveltejs/kit';
import { parseForm, safeNext } from '#lib/http/forms.ts';
import { enterAsOfficer, OFFICER_HOME, passkeyContext } from '#lib/http/officer-session.ts';
import { attempt } from '#lib/http/refusals.ts';
import { PasskeySignIn } from '#lib/server/officers/passkey-response.ts';
import { signInWithPasskey } from '#lib/server/officers/sign-in-with-passkey.ts';
import type { Actions, PageServerLoad } from './$types.ts';

export const load: PageServerLoad = ({ locals: { actor } }) => {
  if (actor && actor.kind !== 'learner') redirect(303, OFFICER_HOME[actor.kind]);
};

export const actions: Actions = {
  default: (event) =>
    attempt(async () => {
      const input = await parseForm(event.request, PasskeySignIn);
      const session = await signInWithPasskey(event.locals.app, passkeyContext(event), input);
      return enterAsOfficer(event, session, safeNext(event.url.searchParams.get('next'), '/'));
    }),
};
