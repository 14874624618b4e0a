import type { RequestEvent } from '@sveltejs/kit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CounterOfficer } from '#lib/domain/people/actor.ts';
import { correctAct, CorrectAct } from '#lib/server/records/correct-act.ts';
import { decideRecord, DecideRecord } from '#lib/server/records/decide-record.ts';
import { recordAptitudeTest, RecordAptitudeTest } from '#lib/server/records/record-aptitude-test.ts';
import { actAtCounter } from '../../../src/routes/counter/act-at-counter.ts';
import { GOOD_EYES, openCounterDesk, type CounterDesk } from '../../support/counter-desk.ts';

let desk: CounterDesk;
beforeAll(async () => {
  desk = await openCounterDesk();
});
afterAll(() => desk.close());

/** What the page of this officer sends. */
function sent(actor: CounterOfficer, form: Record<string, string>): RequestEvent<{ number: string }> {
  const body = new URLSearchParams(form).toString();
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': String(body.length),
  };
  const request = new Request('http://localhost/', { method: 'POST', body, headers });
  const event = { request, locals: { app: desk.app, actor }, params: { number: form.recordNumber ?? '' } };
  return event as unknown as RequestEvent<{ number: string }>;
}
const act = actAtCounter('/counter/records');
const decide = act(DecideRecord, decideRecord);

it('tells the second officer that the first has decided, and gives him back what he wrote', async () => {
  const recordNumber = await desk.newRecord();
  const form = { recordNumber, version: '1', comparison: 'cantTell', note: 'ひげがある' };
  await desk.decide(recordNumber, 'same');
  await desk.check(recordNumber, desk.hayashi);
  expect(await decide(sent(desk.hayashi, form))).toMatchObject({
    status: 409,
    data: {
      refusal: { code: 'record_already_decided' },
      typed: [{ field: 'note', text: 'ひげがある' }],
    },
  });
  expect((await desk.check(recordNumber, desk.hayashi)).acts.at(-1)).toMatchObject({
    kind: 'accepted',
    officerName: '森 和子',
  });
});

it('gives back what he measured', async () => {
  const recordNumber = await desk.newRecord();
  await desk.accept(recordNumber);
  await desk.testEyes(recordNumber);
  await desk.check(recordNumber, desk.hayashi);
  const form = { recordNumber, version: '2', ...GOOD_EYES, fieldDegrees: '' };
  const outcome = await act(RecordAptitudeTest, recordAptitudeTest)(sent(desk.hayashi, form));
  expect(outcome.data.refusal.code).toBe('record_changed_meanwhile');
  expect(outcome.data.typed).toEqual([
    { field: 'eyesightBoth', text: '1.0' },
    { field: 'eyesightLeft', text: '0.8' },
    { field: 'eyesightRight', text: '0.9' },
  ]);
});

it('gives back his reason when a colleague has acted since what he wanted to take back', async () => {
  const recordNumber = await desk.newRecord();
  await desk.accept(recordNumber);
  const { correction } = await desk.check(recordNumber);
  await desk.testEyes(recordNumber, 2, {}, desk.hayashi);
  const form = { recordNumber, version: '2', actId: String(correction!.actId), reason: '押しまちがい' };
  expect(await act(CorrectAct, correctAct)(sent(desk.mori, form))).toMatchObject({
    status: 409,
    data: {
      refusal: { code: 'correction_not_newest' },
      typed: [{ field: 'reason', text: '押しまちがい' }],
    },
  });
});

it('keeps nothing of a form that nobody came before', async () => {
  const recordNumber = await desk.newRecord();
  const { data } = await decide(sent(desk.mori, { recordNumber, version: '1', comparison: 'perhaps' }));
  expect(data).toMatchObject({ refusal: { code: 'malformed' }, typed: null });
});
