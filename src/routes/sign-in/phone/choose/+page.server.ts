import { redirect } from '@sveltejs/kit';
import { orBackTo } from '#lib/http/entrance.ts';
import { parseForm } from '#lib/http/forms.ts';
import { requireActor } from '#lib/http/guards.ts';
import { dropHandOverKey, handOverKey } from '#lib/http/hand-over-cookie.ts';
import { orErrorPage } from '#lib/http/refusals.ts';
import { clearSession } from '#lib/http/session-cookie.ts';
import { maskedName } from '#lib/domain/people/masked-name.ts';
import { approveHandOver, ChosenNumber, getChoices } from '#lib/server/hand-over/approve-hand-over.ts';
import { stopHandOver } from '#lib/server/hand-over/stop-hand-over.ts';
import { assessLearner } from '#lib/server/register/assess-eligibility.ts';
import type { Actions, PageServerLoad } from './$types.ts';

const DONE = '/sign-in/phone/done';

export const load: PageServerLoad = async (event) => {
  const learner = requireActor(event, 'learner');
  const { app } = event.locals;
  return orErrorPage(async () => {
    const asking = await getChoices(app, handOverKey(event, 'handOverPhone'));
    const { driver } = await assessLearner(app, learner);
    return { asking, name: maskedName(driver.name) };
  });
};

export const actions: Actions = {
  choose: async (event) => {
    const learner = requireActor(event, 'learner');
    const { app, requestId } = event.locals;
    const key = handOverKey(event, 'handOverPhone');
    await orBackTo(DONE, event, async () => {
      const { number } = await parseForm(event.request, ChosenNumber);
      await approveHandOver(app, learner, { key, number, requestId });
    });
    dropHandOverKey(event, 'handOverPhone');
    clearSession(event);
    redirect(303, DONE);
  },
  stop: async (event) => {
    const key = handOverKey(event, 'handOverPhone');
    await stopHandOver(event.locals.app, { side: 'phone', key }, event.locals.requestId);
    dropHandOverKey(event, 'handOverPhone');
    redirect(303, `${DONE}?stopped`);
  },
};
