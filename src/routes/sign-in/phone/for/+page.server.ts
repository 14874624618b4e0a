import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { LIMITS } from '#lib/domain/limits.ts';
import { limitAttempts, orBackTo } from '#lib/http/entrance.ts';
import { parseForm } from '#lib/http/forms.ts';
import { keepHandOverKey } from '#lib/http/hand-over-cookie.ts';
import { orErrorPage } from '#lib/http/refusals.ts';
import { clearSession } from '#lib/http/session-cookie.ts';
import { claimHandOver, findAskingDevice } from '#lib/server/hand-over/claim-hand-over.ts';
import { stopHandOver } from '#lib/server/hand-over/stop-hand-over.ts';
import { signOut } from '#lib/server/sign-in/sign-out.ts';
import type { Actions, PageServerLoad } from './$types.ts';

const keyIn = (url: URL): string => url.searchParams.get('request') ?? '';

export const load: PageServerLoad = async (event) => {
  event.setHeaders({ 'cache-control': 'no-store' });
  const asking = await orErrorPage(async () => {
    await limitAttempts(event);
    return findAskingDevice(event.locals.app, keyIn(event.url));
  });
  return { asking, request: keyIn(event.url), isSignedIn: event.locals.actor !== null };
};

const ScannedForm = z.object({ request: z.string().max(LIMITS.nextMaxLength) });
const DONE = '/sign-in/phone/done';

export const actions: Actions = {
  claim: async (event) => {
    const { app, actor, requestId } = event.locals;
    const { key } = await orBackTo(DONE, event, async () => {
      const { request } = await parseForm(event.request, ScannedForm);
      return claimHandOver(app, request);
    });
    // The card is read for this hand-over: a session of before proves nothing about who holds the phone now.
    if (actor) await signOut(app, actor, { requestId });
    clearSession(event);
    keepHandOverKey(event, 'handOverPhone', key);
    redirect(303, `/sign-in?next=${encodeURIComponent('/sign-in/phone/choose')}`);
  },
  stop: async (event) => {
    const { app, requestId } = event.locals;
    await orBackTo(DONE, event, async () => {
      const { request: key } = await parseForm(event.request, ScannedForm);
      await stopHandOver(app, { side: 'qr', key }, requestId);
    });
    redirect(303, `${DONE}?stopped`);
  },
};
