import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listReferred, countReferredFor } from '#lib/server/records/list-referred.ts';
import { signedInOfficer } from '../../support/officers.ts';
import { openCounterDesk, type CounterDesk } from '../../support/counter-desk.ts';

let desk: CounterDesk;
beforeAll(async () => {
  desk = await openCounterDesk();
});
afterAll(() => desk.close());
beforeEach(() => desk.resetClock());

describe('an officer who compares the photos', () => {
  it('accepts the same person and rejects another one', async () => {
    const same = await desk.newRecord();
    await desk.decide(same, 'same');
    expect(await desk.check(same)).toMatchObject({ state: 'checked', next: 'aptitudeTest' });
    const other = await desk.newRecord();
    await desk.decide(other, 'notSame', { note: '別人' });
    expect(await desk.check(other)).toMatchObject({
      state: 'rejected',
      acts: [{ kind: 'rejected', reason: 'photoMismatch', note: '別人' }],
    });
  });

  it('leaves to a supervisor of his commission what he cannot tell, and cannot decide it any more', async () => {
    const recordNumber = await desk.newRecord();
    const before = await desk.lastAuditId();
    await desk.decide(recordNumber, 'cantTell', { note: 'ひげ' });
    expect(await desk.check(recordNumber)).toMatchObject({
      state: 'referred',
      next: null,
      acts: [{ kind: 'referred', reason: 'cantTell', note: 'ひげ' }],
    });
    for (const comparison of ['same', 'notSame'])
      await expect(desk.decide(recordNumber, comparison, { version: 2 })).rejects.toMatchObject({
        code: 'supervisor_required',
      });
    await expect(desk.decide(recordNumber, 'cantTell', { version: 2 })).rejects.toMatchObject({
      code: 'record_already_decided',
    });
    await expect(desk.testEyes(recordNumber)).rejects.toMatchObject({ code: 'record_already_decided' });

    const foreign = await signedInOfficer(desk.app, '東 長', 'tokyo', { isSupervisor: true });
    await expect(
      desk.decide(recordNumber, 'same', { version: 2, note: '見た' }, foreign),
    ).rejects.toMatchObject({ code: 'supervisor_required' });
    expect(await desk.check(recordNumber, desk.ueno)).toMatchObject({ next: 'decide' });
    await expect(desk.decide(recordNumber, 'same', { version: 2 }, desk.ueno)).rejects.toMatchObject({
      code: 'reason_required',
    });
    await desk.decide(recordNumber, 'same', { version: 2, note: '旅券で確かめた' }, desk.ueno);
    expect(await desk.check(recordNumber)).toMatchObject({ state: 'checked', next: 'aptitudeTest' });
    expect((await desk.auditedAfter(before)).map(({ what }) => what)).toContain('record.referred');
  });

  it('leaves what a supervisor then rejects', async () => {
    const recordNumber = await desk.newRecord();
    await desk.decide(recordNumber, 'cantTell');
    await desk.decide(recordNumber, 'notSame', { version: 2 }, desk.ueno);
    expect(await desk.check(recordNumber)).toMatchObject({ state: 'rejected' });
  });

  it('cannot refer what cannot be used anyhow', async () => {
    const recordNumber = await desk.newRecord('akiko');
    await desk.setClass('akiko', 'violation');
    await expect(desk.decide(recordNumber, 'cantTell')).rejects.toMatchObject({
      code: 'record_class_changed',
    });
    await desk.setClass('akiko', 'excellent');
  });

  it('is one of two supervisors who decide at once; the other sees what the first did', async () => {
    const recordNumber = await desk.newRecord();
    await desk.decide(recordNumber, 'cantTell');
    const second = await signedInOfficer(desk.app, '二 番', 'kanagawa', { isSupervisor: true });
    const outcomes = await Promise.allSettled([
      desk.decide(recordNumber, 'same', { version: 2, note: '見た' }, desk.ueno),
      desk.decide(recordNumber, 'notSame', { version: 2 }, second),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find((outcome) => outcome.status === 'rejected')?.reason).toMatchObject({
      code: 'record_already_decided',
    });
  });
});

describe('the list of what waits for a supervisor', () => {
  it('is of his commission, longest first, and empties as he decides', async () => {
    const waiting = async () => (await listReferred(desk.app, desk.ueno)).map((each) => each.recordNumber);
    expect(await waiting()).toEqual([]);
    const first = await desk.newRecord();
    await desk.decide(first, 'cantTell');
    desk.clock.advance(60_000);
    const second = await desk.newRecord();
    await desk.decide(second, 'cantTell');
    const elsewhere = await desk.newRecord();
    await desk.decide(elsewhere, 'cantTell', {}, desk.hayashi);
    expect(await waiting()).toEqual([first, second]);
    expect(await countReferredFor(desk.app, desk.ueno)).toBe(2);
    expect((await listReferred(desk.app, desk.ueno))[0]).toMatchObject({
      name: '山田 花子',
      officerName: '森 和子',
      isOwnOffice: true,
    });
    // Of the home of somebody who renews elsewhere, who has said no reason, the supervisor there hears no name.
    const tokyo = await signedInOfficer(desk.app, '東京 監督', 'tokyo', { isSupervisor: true });
    expect(await listReferred(desk.app, tokyo)).toMatchObject([{ recordNumber: elsewhere, name: null }]);
    await desk.decide(first, 'notSame', { version: 2 }, desk.ueno);
    expect(await waiting()).toEqual([second]);
    // Referred, taken back and referred again: it waits once.
    await desk.correct(second);
    expect(await waiting()).toEqual([]);
    await desk.decide(second, 'cantTell', { version: 3 });
    expect(await waiting()).toEqual([second]);
  });

  it('is not for an ordinary officer', async () => {
    await expect(listReferred(desk.app, desk.mori)).rejects.toMatchObject({ code: 'supervisor_required' });
    expect(await countReferredFor(desk.app, desk.mori)).toBe(0);
  });
});
