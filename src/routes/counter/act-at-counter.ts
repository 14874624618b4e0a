import { redirect, type RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import type { CounterOfficer } from '#lib/domain/people/actor.ts';
import { parseForm } from '#lib/http/forms.ts';
import { requireActor } from '#lib/http/guards.ts';
import { attempt } from '#lib/http/refusals.ts';
import type { App } from '#lib/server/app.ts';

type Operation<S extends z.ZodType> = (
  app: App,
  officer: CounterOfficer,
  input: z.output<S>,
) => Promise<void>;

/** Parse, act, and back to what `folder` shows under the number as it is now; a refusal is shown above the newest state. */
export const actAtCounter =
  (folder: '/counter/records' | '/counter/links') =>
  <S extends z.ZodType>(schema: S, operation: Operation<S>) =>
  (event: RequestEvent<{ number: string }>) =>
    attempt(async () => {
      const officer = requireActor(event, 'counterOfficer');
      await operation(event.locals.app, officer, await parseForm(event.request, schema));
      redirect(303, `${folder}/${event.params.number}`);
    });
