import { redirect, type RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import type { CounterOfficer } from '#lib/domain/people/actor.ts';
import { parseForm } from '#lib/http/forms.ts';
import { requireActor } from '#lib/http/guards.ts';
import { attempt, orErrorPage } from '#lib/http/refusals.ts';
import type { App } from '#lib/server/app.ts';
import { checkRecord } from '#lib/server/records/check-record.ts';
import { acceptRecord, AcceptRecord, rejectRecord, RejectRecord } from '#lib/server/records/decide-record.ts';
import { recordAptitudeTest, RecordAptitudeTest } from '#lib/server/records/record-aptitude-test.ts';
import { recordIssue, RecordIssue } from '#lib/server/records/record-issue.ts';
import type { Actions, PageServerLoad } from './$types.ts';

export const load: PageServerLoad = async (event) => {
  const officer = requireActor(event, 'counterOfficer');
  const record = await orErrorPage(() =>
    checkRecord(event.locals.app, officer, { recordNumber: event.params.number }),
  );
  return { record };
};

type Operation<S extends z.ZodType> = (
  app: App,
  officer: CounterOfficer,
  input: z.output<S>,
) => Promise<void>;

/** Parse, act, and back to the record as it is now; a refusal is shown above the newest state. */
const act =
  <S extends z.ZodType>(schema: S, operation: Operation<S>) =>
  (event: RequestEvent<{ number: string }>) =>
    attempt(async () => {
      const officer = requireActor(event, 'counterOfficer');
      await operation(event.locals.app, officer, await parseForm(event.request, schema));
      redirect(303, `/counter/records/${event.params.number}`);
    });

export const actions: Actions = {
  accept: act(AcceptRecord, acceptRecord),
  reject: act(RejectRecord, rejectRecord),
  aptitudeTest: act(RecordAptitudeTest, recordAptitudeTest),
  issue: act(RecordIssue, recordIssue),
};
