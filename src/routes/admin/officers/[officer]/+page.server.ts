import { z } from 'zod';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { parseForm } from '#lib/http/forms.ts';
import { requireActor } from '#lib/http/guards.ts';
import { attempt, orErrorPage } from '#lib/http/refusals.ts';
import type { App } from '#lib/server/app.ts';
import { disableOfficer, enableOfficer } from '#lib/server/officers/disable-officer.ts';
import { getOfficer } from '#lib/server/officers/list-officers.ts';
import { makeSupervisor } from '#lib/server/officers/make-supervisor.ts';
import { removePasskeys } from '#lib/server/officers/remove-passkeys.ts';
import { renewInvitation } from '#lib/server/officers/renew-invitation.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types.ts';

export const load: PageServerLoad = async (event) => {
  const administrator = requireActor(event, 'administrator');
  return {
    officer: await orErrorPage(() => getOfficer(event.locals.app, administrator, event.params.officer)),
  };
};

/** What cannot be taken back by the same press is confirmed by a tick. */
const Confirmed = z.object({ isSure: z.literal('yes') });

/** One act on the officer whom the address names. */
const act =
  <T>(
    perform: (app: App, administrator: Administrator, officerId: string, event: RequestEvent) => Promise<T>,
  ) =>
  (event: RequestEvent) =>
    attempt(async () => {
      const administrator = requireActor(event, 'administrator');
      const officer = await getOfficer(event.locals.app, administrator, event.params.officer);
      return perform(event.locals.app, administrator, officer.id, event);
    });

export const actions: Actions = {
  renew: act(async (app, administrator, officerId) => ({
    invitation: await renewInvitation(app, administrator, officerId),
  })),
  makeSupervisor: act(async (app, administrator, officerId) => {
    await makeSupervisor(app, administrator, officerId, true);
    return { done: 'supervisor' as const };
  }),
  unmakeSupervisor: act(async (app, administrator, officerId) => {
    await makeSupervisor(app, administrator, officerId, false);
    return { done: 'noSupervisor' as const };
  }),
  removePasskeys: act(async (app, administrator, officerId, event) => {
    await parseForm(event.request, Confirmed);
    return { removed: await removePasskeys(app, administrator, officerId) };
  }),
  disable: act(async (app, administrator, officerId, event) => {
    await parseForm(event.request, Confirmed);
    await disableOfficer(app, administrator, officerId);
    return { done: 'disabled' as const };
  }),
  enable: act(async (app, administrator, officerId) => {
    await enableOfficer(app, administrator, officerId);
    return { done: 'enabled' as const };
  }),
};
