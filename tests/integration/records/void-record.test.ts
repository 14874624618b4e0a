import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VoidRecord, voidRecord } from '#lib/server/records/void-record.ts';
import { openCounterDesk, type CounterDesk } from '../../support/counter-desk.ts';

let desk: CounterDesk;
beforeAll(async () => {
  desk = await openCounterDesk();
});
afterAll(() => desk.close());

const supervisor = () => ({ ...desk.mori, isSupervisor: true });
const wish = { version: 1, reason: 'proxyAttendance', isConfirmed: 'yes' };
const voiding = (recordNumber: string, changes: object = {}, officer = supervisor()) =>
  voidRecord(desk.app, officer, VoidRecord.parse({ recordNumber, ...wish, ...changes }));

describe('a record that should not be', () => {
  it('is voided by a supervisor for good, and the trail says why', async () => {
    const recordNumber = await desk.newRecord();
    const before = await desk.lastAuditId();
    await voiding(recordNumber, { note: '家族が受講した' });
    expect(await desk.check(recordNumber)).toMatchObject({
      state: 'voided',
      standing: 'voided',
      next: null,
      mayVoid: false,
      acts: [{ kind: 'voided', reason: 'proxyAttendance', note: '家族が受講した', officerName: '森 和子' }],
    });
    expect((await desk.auditedAfter(before))[0]).toMatchObject({
      what: 'record.voided',
      detail: { reason: 'proxyAttendance' },
    });
    await expect(desk.accept(recordNumber, 2)).rejects.toMatchObject({ code: 'record_voided' });
    await expect(voiding(recordNumber, { version: 2 })).rejects.toMatchObject({ code: 'record_voided' });
  });

  it('can be voided after it was accepted, but not after it was used', async () => {
    const recordNumber = await desk.newRecord();
    await desk.accept(recordNumber);
    await voiding(recordNumber, { version: 2 });
    await expect(desk.testEyes(recordNumber, 3)).rejects.toMatchObject({ code: 'record_voided' });

    const used = await desk.newRecord();
    await desk.accept(used);
    await desk.testEyes(used);
    await desk.issue(used);
    await expect(voiding(used, { version: 4 })).rejects.toMatchObject({ code: 'record_already_used' });
  });

  it('is voided once when two supervisors do it at once', async () => {
    const recordNumber = await desk.newRecord();
    const both = await Promise.allSettled([voiding(recordNumber), voiding(recordNumber)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it.each([
    ['nobody but a supervisor', {}, false, 'not_allowed'],
    ['nobody without a reason', { reason: undefined }, true, 'reason_required'],
    ['nobody for another reason without words', { reason: 'other', note: '  ' }, true, 'reason_required'],
    ['nobody who has not confirmed it', { isConfirmed: undefined }, true, 'void_unconfirmed'],
    ['nobody who saw an older version', { version: 2 }, true, 'record_changed_meanwhile'],
  ])('is voided by %s', async (_, changes, isSupervisor, code) => {
    const recordNumber = await desk.newRecord();
    const officer = { ...desk.mori, isSupervisor };
    await expect(voiding(recordNumber, changes, officer)).rejects.toMatchObject({ code });
    expect(await desk.check(recordNumber)).toMatchObject({ state: 'issued', mayVoid: false });
  });
});

describe('a licence that has lapsed since', () => {
  const lapse = (lapseKind: string | null, lapsedOn: string | null) =>
    desk.db
      .updateTable('driver')
      .set({ lapseKind, lapsedOn })
      .where('licenceNumber', '=', '990000000001')
      .execute();

  it('for a reason that nobody could help leaves the record good for a year', async () => {
    const recordNumber = await desk.newRecord();
    desk.clock.set('2027-05-01T03:00:00Z');
    expect(await desk.check(recordNumber)).toMatchObject({ standing: 'expired' });
    await lapse('unavoidable', '2027-01-05');
    expect(await desk.check(recordNumber)).toMatchObject({ standing: 'issued', obstacles: [] });
    await desk.accept(recordNumber);
  });

  it('by carelessness leaves it to a supervisor', async () => {
    desk.resetClock();
    const recordNumber = await desk.newRecord();
    desk.clock.set('2027-05-01T03:00:00Z');
    await lapse('careless', '2027-01-05');
    expect(await desk.check(recordNumber)).toMatchObject({ obstacles: ['record_lapse_careless'] });
    await expect(desk.accept(recordNumber)).rejects.toMatchObject({ code: 'record_lapse_careless' });
    await desk.accept(recordNumber, 1, supervisor());
    await desk.testEyes(recordNumber);
    await lapse(null, null);
    desk.resetClock();
  });
});
