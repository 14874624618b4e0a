import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addDays, addMonths } from '#lib/domain/renewal/calendar.ts';
import { renewalPeriod } from '#lib/domain/renewal/period.ts';
import { AcceptRecord } from '#lib/server/records/decide-record.ts';
import { RecordAptitudeTest } from '#lib/server/records/record-aptitude-test.ts';
import { RecordIssue } from '#lib/server/records/record-issue.ts';
import { HOLIDAYS } from '#lib/server/register/holidays.ts';
import { GOOD_EYES, openCounterDesk, type CounterDesk } from '../../support/counter-desk.ts';

let desk: CounterDesk;
beforeAll(async () => {
  desk = await openCounterDesk();
});
afterAll(() => desk.close());
beforeEach(() => desk.resetClock());

describe('a record', () => {
  it('is accepted, tested and issued, and cannot be used again', async () => {
    const recordNumber = await desk.newRecord();
    const before = await desk.lastAuditId();
    await desk.accept(recordNumber);
    await desk.testEyes(recordNumber);
    await desk.issue(recordNumber, 3, { holdingAfter: 'mynaOnly', issueDay: 'later' });
    const seen = await desk.check(recordNumber);
    expect(seen).toMatchObject({ state: 'used', version: 4, next: null, obstacles: [] });
    expect(seen.acts).toMatchObject([
      { kind: 'accepted', officerName: '森 和子', note: '' },
      { kind: 'aptitudeTest', test: { eyesightBoth: 1, faults: [] } },
      {
        kind: 'issued',
        issue: { holdingBefore: 'both', holdingAfter: 'mynaOnly', issueDay: 'later', isVia: false },
      },
    ]);
    for (const act of [desk.issue, desk.accept, desk.testEyes]) {
      await expect(act(recordNumber, 4)).rejects.toMatchObject({ code: 'record_already_used' });
    }
    const events = await desk.auditedAfter(before);
    expect(events.map(({ what }) => what)).toEqual([
      'record.accepted',
      'record.aptitudeTest',
      'record.issued',
      'record.checked',
    ]);
    expect(JSON.stringify(events)).not.toContain('eyesight');
  });

  it('goes to one of two officers who decide at once; the other sees what the first did', async () => {
    const recordNumber = await desk.newRecord();
    const outcomes = await Promise.allSettled([
      desk.accept(recordNumber),
      desk.reject(recordNumber, undefined, desk.hayashi),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const loser = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(loser?.reason).toMatchObject({ code: 'record_already_decided' });
    expect((await desk.check(recordNumber)).acts).toHaveLength(1);
  });

  it('is issued once when two officers press at once', async () => {
    const recordNumber = await desk.newRecord();
    await desk.accept(recordNumber);
    await desk.testEyes(recordNumber);
    const outcomes = await Promise.allSettled([
      desk.issue(recordNumber),
      desk.issue(recordNumber, 3, {}, desk.hayashi),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find((outcome) => outcome.status === 'rejected')?.reason).toMatchObject({
      code: 'record_already_used',
    });
  });

  it('does not take a second aptitude test that was entered on an older view', async () => {
    const recordNumber = await desk.newRecord();
    await desk.accept(recordNumber);
    await desk.testEyes(recordNumber);
    await expect(desk.testEyes(recordNumber, 2, {}, desk.hayashi)).rejects.toMatchObject({
      code: 'record_changed_meanwhile',
    });
  });

  it('waits until an aptitude test is passed', async () => {
    const recordNumber = await desk.newRecord();
    await expect(desk.testEyes(recordNumber, 1)).rejects.toMatchObject({ code: 'record_not_accepted' });
    await desk.accept(recordNumber);
    await expect(desk.issue(recordNumber, 2)).rejects.toMatchObject({ code: 'aptitude_test_required' });
    await desk.testEyes(recordNumber, 2, { eyesightBoth: '0.5' });
    expect(await desk.check(recordNumber)).toMatchObject({
      next: 'aptitudeTest',
      test: { faults: ['eyesight'] },
    });
    await expect(desk.issue(recordNumber, 3)).rejects.toMatchObject({ code: 'aptitude_test_required' });
    await desk.testEyes(recordNumber, 3, { wearsGlasses: 'yes' });
    expect(await desk.check(recordNumber)).toMatchObject({
      next: 'issue',
      test: { conditions: ['glasses'] },
    });
    await desk.issue(recordNumber, 4);
  });

  it('is rejected with a reason, and only with one', async () => {
    const recordNumber = await desk.newRecord();
    await expect(desk.reject(recordNumber, {})).rejects.toMatchObject({ code: 'reason_required' });
    await expect(desk.reject(recordNumber, { reason: 'other', note: ' ' })).rejects.toMatchObject({
      code: 'reason_required',
    });
    await desk.reject(recordNumber, { reason: 'other', note: '本人でない' });
    expect(await desk.check(recordNumber)).toMatchObject({
      state: 'rejected',
      acts: [{ kind: 'rejected', reason: 'other', note: '本人でない' }],
    });
    await expect(desk.accept(recordNumber, 2)).rejects.toMatchObject({ code: 'record_already_decided' });
  });

  it('serves to the last day of its period in Japan, and not a minute longer', async () => {
    const recordNumber = await desk.newRecord();
    desk.clock.set('2027-01-04T15:00:00Z');
    expect(await desk.check(recordNumber)).toMatchObject({ obstacles: ['record_period_over'] });
    await expect(desk.accept(recordNumber)).rejects.toMatchObject({ code: 'record_period_over' });
    desk.clock.set('2027-01-04T14:59:59Z');
    await desk.accept(recordNumber);
  });

  it('serves longer when a decree extends the expiry in the register, and not after the next renewal', async () => {
    const yumi = desk.db.selectFrom('driver').where('id', '=', desk.driverId('yumi'));
    const { birthDate, expiryDate } = await yumi
      .select(['birthDate', 'expiryDate'])
      .executeTakeFirstOrThrow();
    const { start, end } = renewalPeriod(birthDate, expiryDate, HOLIDAYS);
    const recordNumber = await desk.newRecord('yumi', { periodStart: start, periodEnd: end });
    const expiresOn = (day: string) =>
      desk.db
        .updateTable('driver')
        .set({ expiryDate: day })
        .where('id', '=', desk.driverId('yumi'))
        .execute();
    const over = { standing: 'expired', obstacles: ['record_period_over'] };
    desk.clock.set(`${addDays(end, 30)}T03:00:00Z`);
    expect(await desk.check(recordNumber)).toMatchObject(over);
    await expiresOn(addMonths(expiryDate, 60));
    expect(await desk.check(recordNumber)).toMatchObject(over);
    await expiresOn(addDays(end, 60));
    const { periodEnd } = await desk.check(recordNumber);
    expect(periodEnd >= addDays(end, 60)).toBe(true);
    await desk.accept(recordNumber);
    desk.clock.set(`${addDays(periodEnd, 1)}T03:00:00Z`);
    expect(await desk.check(recordNumber)).toMatchObject(over);
    await expiresOn(expiryDate);
  });

  it('is of no use when the class has changed since, even after it was accepted', async () => {
    const recordNumber = await desk.newRecord('akiko');
    await desk.accept(recordNumber);
    await desk.testEyes(recordNumber);
    await desk.setClass('akiko', 'violation');
    expect(await desk.check(recordNumber)).toMatchObject({ obstacles: ['record_class_changed'], next: null });
    await expect(desk.issue(recordNumber)).rejects.toMatchObject({ code: 'record_class_changed' });
    await desk.setClass('akiko', 'excellent');
  });

  it('of the longer lecture serves for the shorter one, with a note of why', async () => {
    const recordNumber = await desk.newRecord('hanako', { lectureClass: 'general' });
    expect(await desk.check(recordNumber)).toMatchObject({ classComparison: 'covered', obstacles: [] });
    await expect(desk.accept(recordNumber)).rejects.toMatchObject({ code: 'reason_required' });
    await desk.accept(recordNumber, 1, desk.mori, '一般の講習を受けたあと、優良になった');
    expect(await desk.check(recordNumber)).toMatchObject({
      acts: [{ kind: 'accepted', reason: 'classCovered' }],
    });
  });

  it('of somebody from elsewhere is issued as via, and what is held does not change there', async () => {
    const recordNumber = await desk.newRecord();
    await desk.accept(recordNumber, 1, desk.hayashi);
    await desk.testEyes(recordNumber, 2, {}, desk.hayashi);
    await expect(
      desk.issue(recordNumber, 3, { holdingAfter: 'cardOnly' }, desk.hayashi),
    ).rejects.toMatchObject({
      code: 'via_holding_change',
    });
    await desk.issue(recordNumber, 3, { holdingAfter: 'mynaOnly' }, desk.hayashi);
    expect(await desk.check(recordNumber)).toMatchObject({ acts: [{}, {}, { issue: { isVia: true } }] });
  });

  it('that was voided cannot be accepted', async () => {
    const recordNumber = await desk.newRecord();
    await desk.db
      .updateTable('completionRecord')
      .set({ state: 'voided' })
      .where('recordNumber', '=', recordNumber)
      .execute();
    await expect(desk.accept(recordNumber)).rejects.toMatchObject({ code: 'record_voided' });
  });

  it('keeps a history that nobody changes', async () => {
    await expect(desk.db.deleteFrom('counterAct').execute()).rejects.toThrow('append-only');
  });
});

describe('a form that is filled in wrongly', () => {
  const seen = { recordNumber: 'K00000005724', version: '1' };
  it.each([
    ['no photo comparison', AcceptRecord, { ...seen }],
    ['a number that is none', AcceptRecord, { ...seen, recordNumber: 'K1', isSamePerson: 'yes' }],
    ['a version that is none', AcceptRecord, { ...seen, version: 'x', isSamePerson: 'yes' }],
    ['an eyesight of 10', RecordAptitudeTest, { ...seen, ...GOOD_EYES, eyesightBoth: '10' }],
    ['a holding that is none', RecordIssue, { ...seen, holdingAfter: 'none', issueDay: 'sameDay' }],
  ])('is refused: %s', (_story, schema, input) => expect(schema.safeParse(input).success).toBe(false));
});
