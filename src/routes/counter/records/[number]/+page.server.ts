import { redirect } from '@sveltejs/kit';
import { Refusal } from '#lib/domain/refusal.ts';
import { requireActor } from '#lib/http/guards.ts';
import { orErrorPage } from '#lib/http/refusals.ts';
import { checkRecord } from '#lib/server/records/check-record.ts';
import { CorrectAct, correctAct } from '#lib/server/records/correct-act.ts';
import { decideRecord, DecideRecord, rejectRecord, RejectRecord } from '#lib/server/records/decide-record.ts';
import { recordAptitudeTest, RecordAptitudeTest } from '#lib/server/records/record-aptitude-test.ts';
import { recordIssue, RecordIssue } from '#lib/server/records/record-issue.ts';
import { voidRecord, VoidRecord } from '#lib/server/records/void-record.ts';
import { actAtCounter } from '../../act-at-counter.ts';
import type { Actions, PageServerLoad } from './$types.ts';

export const load: PageServerLoad = async (event) => {
  const officer = requireActor(event, 'counterOfficer');
  const record = await orErrorPage(async () => {
    try {
      return await checkRecord(event.locals.app, officer, { recordNumber: event.params.number });
    } catch (thrown) {
      if (!(thrown instanceof Refusal && thrown.code === 'look_reason_required')) throw thrown;
      redirect(303, `/counter/records/${event.params.number}/reason`);
    }
  });
  return { record };
};

const act = actAtCounter('/counter/records');

export const actions: Actions = {
  decide: act(DecideRecord, decideRecord),
  reject: act(RejectRecord, rejectRecord),
  aptitudeTest: act(RecordAptitudeTest, recordAptitudeTest),
  issue: act(RecordIssue, recordIssue, ['viaConfirmed']),
  correct: act(CorrectAct, correctAct),
  void: act(VoidRecord, voidRecord),
};
