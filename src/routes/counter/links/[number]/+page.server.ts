import { redirect, type RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import type { CounterOfficer } from '#lib/domain/people/actor.ts';
import { parseForm } from '#lib/http/forms.ts';
import { requireActor } from '#lib/http/guards.ts';
import { attempt, orErrorPage } from '#lib/http/refusals.ts';
import type { App } from '#lib/server/app.ts';
import { checkFirstLink } from '#lib/server/first-link/check-first-link.ts';
import {
  approveFirstLink,
  ApproveFirstLink,
  declineFirstLink,
  DeclineFirstLink,
} from '#lib/server/first-link/decide-first-link.ts';
import type { Actions, PageServerLoad } from './$types.ts';

export const load: PageServerLoad = async (event) => {
  const officer = requireActor(event, 'counterOfficer');
  const { number: receiptNumber } = event.params;
  return { link: await orErrorPage(() => checkFirstLink(event.locals.app, officer, { receiptNumber })) };
};

type Operation<S extends z.ZodType> = (
  app: App,
  officer: CounterOfficer,
  input: z.output<S>,
) => Promise<void>;

/** Parse, act, and back to the link as it is now; a refusal is shown above the newest state. */
const act =
  <S extends z.ZodType>(schema: S, operation: Operation<S>) =>
  (event: RequestEvent<{ number: string }>) =>
    attempt(async () => {
      const officer = requireActor(event, 'counterOfficer');
      await operation(event.locals.app, officer, await parseForm(event.request, schema));
      redirect(303, `/counter/links/${event.params.number}`);
    });

export const actions: Actions = {
  approve: act(ApproveFirstLink, approveFirstLink),
  decline: act(DeclineFirstLink, declineFirstLink),
};
