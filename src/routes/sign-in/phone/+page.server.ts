import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { LIMITS } from '#lib/domain/limits.ts';
import { AFTER_SIGN_IN, orBackToSignIn } from '#lib/http/entrance.ts';
import { parseForm, safeNext } from '#lib/http/forms.ts';
import { dropHandOverKey, handOverKey, keepHandOverKey } from '#lib/http/hand-over-cookie.ts';
import { browserToken, renewBrowserToken, sessionToken, setSession } from '#lib/http/session-cookie.ts';
import { finishHandOver } from '#lib/server/hand-over/finish-hand-over.ts';
import { getHandOver } from '#lib/server/hand-over/get-hand-over.ts';
import { openHandOver } from '#lib/server/hand-over/open-hand-over.ts';
import { stopHandOver } from '#lib/server/hand-over/stop-hand-over.ts';
import { drawQrCode } from '#lib/server/records/draw-qr-code.ts';
import { endSession } from '#lib/server/sessions/end-session.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types.ts';

const OpenForm = z.object({ next: z.string().max(LIMITS.nextMaxLength).optional() });
const PAGE = '/sign-in/phone';

const shownBy = (event: Pick<RequestEvent, 'cookies' | 'locals'>) =>
  ({ side: 'asking', key: handOverKey(event, 'handOver'), browserToken: browserToken(event) }) as const;

export const load: PageServerLoad = async (event) => {
  event.depends('koshu:hand-over');
  event.setHeaders({ 'cache-control': 'no-store' });
  const { app, actor } = event.locals;
  if (actor?.kind === 'learner') redirect(303, AFTER_SIGN_IN);
  const shown = shownBy(event);
  const handOver = await getHandOver(app, shown);
  const isToBeScanned = handOver.state === 'waiting';
  const address = `${app.config.origin}${PAGE}/for?request=${shown.key}`;
  return { handOver, qrCode: isToBeScanned ? drawQrCode(address) : null };
};

export const actions: Actions = {
  open: async (event) => {
    const { app } = event.locals;
    const { key } = await orBackToSignIn(event, async () => {
      const { next = null } = await parseForm(event.request, OpenForm);
      return openHandOver(app, {
        browserToken: browserToken(event),
        userAgent: event.request.headers.get('user-agent') ?? '',
        next: safeNext(next, AFTER_SIGN_IN),
      });
    });
    keepHandOverKey(event, 'handOver', key);
    redirect(303, PAGE);
  },
  finish: async (event) => {
    const { app, requestId } = event.locals;
    const userAgent = event.request.headers.get('user-agent') ?? '';
    const session = await orBackToSignIn(event, () =>
      finishHandOver(app, shownBy(event), { userAgent, requestId }),
    );
    const previous = sessionToken(event);
    if (previous !== undefined) await endSession(app, previous);
    dropHandOverKey(event, 'handOver');
    setSession(event, session);
    renewBrowserToken(event);
    redirect(303, safeNext(session.next, AFTER_SIGN_IN));
  },
  stop: async (event) => {
    await stopHandOver(event.locals.app, shownBy(event), event.locals.requestId);
    dropHandOverKey(event, 'handOver');
    redirect(303, '/sign-in');
  },
};
