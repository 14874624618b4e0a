import { Refusal } from '#lib/domain/refusal.ts';
import { limitAttempts } from '#lib/http/entrance.ts';
import { parseForm } from '#lib/http/forms.ts';
import { enterAsOfficer, passkeyContext } from '#lib/http/officer-session.ts';
import { attempt, viewRefusal } from '#lib/http/refusals.ts';
import { getInvitation } from '#lib/server/officers/get-invitation.ts';
import { PasskeyRegistration } from '#lib/server/officers/passkey-response.ts';
import { registerPasskey } from '#lib/server/officers/register-passkey.ts';
import type { Actions, PageServerLoad } from './$types.ts';

export const load: PageServerLoad = async (event) => {
  const { locals, params, setHeaders } = event;
  // The address is a secret until it is used.
  setHeaders({ 'cache-control': 'private, no-store' });
  try {
    await limitAttempts(event);
    const { officerId: _officerId, ...invitation } = await getInvitation(locals.app, params.token);
    return { invitation, refusal: null };
  } catch (thrown) {
    if (thrown instanceof Refusal) return { invitation: null, refusal: viewRefusal(thrown) };
    throw thrown;
  }
};

export const actions: Actions = {
  default: (event) =>
    attempt(async () => {
      await limitAttempts(event);
      const input = await parseForm(event.request, PasskeyRegistration);
      const session = await registerPasskey(
        event.locals.app,
        passkeyContext(event),
        event.params.token,
        input,
      );
      return enterAsOfficer(event, session);
    }),
};
