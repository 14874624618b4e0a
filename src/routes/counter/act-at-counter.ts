import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import type { CounterOfficer } from '#lib/domain/people/actor.ts';
import { parseForm } from '#lib/http/forms.ts';
import { requireActor } from '#lib/http/guards.ts';
import { attempt } from '#lib/http/refusals.ts';
import type { App } from '#lib/server/app.ts';

const CONFLICT = 409;

type Operation<S extends z.ZodType> = (
  app: App,
  officer: CounterOfficer,
  input: z.output<S>,
) => Promise<void>;

/**
 * Parse, act, and back to what `folder` shows under the number as it is now; a refusal is shown above the newest state. Where a colleague
 * was first, what was typed comes back with the refusal (`typed`: field and text), for a form that may not be there any more.
 */
export const actAtCounter =
  (folder: '/counter/records' | '/counter/links') =>
  <S extends z.ZodType>(schema: S, operation: Operation<S>, lists: readonly string[] = []) =>
  async (event: RequestEvent<{ number: string }>) => {
    const again = event.request.clone();
    const outcome = await attempt(async () => {
      const officer = requireActor(event, 'counterOfficer');
      await operation(event.locals.app, officer, await parseForm(event.request, schema, lists));
      redirect(303, `${folder}/${event.params.number}`);
    });
    const typed = outcome.status === CONFLICT ? typedIn(await again.formData()) : null;
    return fail(outcome.status, { ...outcome.data, typed });
  };

/** What a person typed or measured: not the hidden fields, and not the choices, which are in the history or made again. */
const TYPED = /^(note|reason|eyesight\w+|fieldDegrees|depthError\dMm)$/;

const typedIn = (form: FormData): { field: string; text: string }[] =>
  [...form].flatMap(([field, value]) =>
    TYPED.test(field) && typeof value === 'string' && value.trim() !== '' ? [{ field, text: value }] : [],
  );
