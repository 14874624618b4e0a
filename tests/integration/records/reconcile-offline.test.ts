import { afterAll, describe, expect, it } from 'vitest';
import { makeProof } from '#lib/proof/proof.ts';
import { reconcileOffline, ReconcileOffline } from '#lib/server/records/reconcile-offline.ts';
import { CLAIMS, makeProofSigner } from '../../support/test-proof.ts';
import { openOfflineDesk } from './offline-desk.ts';

const { desk, supervisor, colleague, minutesLater, decided, send, open } = await openOfflineDesk();
afterAll(() => desk.close());

describe('a decision that was made while the line was away', () => {
  it('is entered for the officer, the office and the time of the decision', async () => {
    const recordNumber = await desk.newRecord();
    const kept = await decided(recordNumber, { note: '免許証で確認' });
    expect(await send([kept])).toEqual(['applied']);
    expect(await desk.check(recordNumber)).toMatchObject({
      state: 'checked',
      acts: [
        { kind: 'accepted', at: new Date(kept.decidedAt), officerName: '森 和子', note: '免許証で確認' },
      ],
    });
    expect(await open(recordNumber)).toEqual([]);
  });

  it('counts once when it is sent twice, and at once', async () => {
    const recordNumber = await desk.newRecord();
    const kept = await decided(recordNumber);
    expect(await Promise.all([send([kept]), send([kept]), send([kept])])).toEqual([
      ['applied'],
      ['applied'],
      ['applied'],
    ]);
    expect((await desk.check(recordNumber)).acts).toHaveLength(1);
    expect(await open(recordNumber)).toEqual([]);
  });

  it('is entered in the order of the decisions, however they are sent', async () => {
    const recordNumber = await desk.newRecord();
    const first = await decided(recordNumber, { kind: 'rejected', reason: 'photoMismatch' });
    const second = await decided(recordNumber, { decidedAt: minutesLater(9).toISOString() });
    expect(await send([second, first])).toEqual(['applied', 'conflict']);
    expect(await desk.check(recordNumber)).toMatchObject({ state: 'rejected' });
    expect(await open(recordNumber)).toMatchObject([{ kind: 'decidedOtherwise', decision: 'accepted' }]);
  });

  it('on the last day of the period counts, although the line is back on the next', async () => {
    const recordNumber = await desk.newRecord();
    desk.clock.set('2027-01-04T14:00:00Z');
    const kept = await decided(recordNumber);
    desk.clock.set('2027-01-04T16:00:00Z');
    const input = ReconcileOffline.parse({ decisions: [kept] });
    expect(await reconcileOffline(desk.app, desk.mori, input)).toMatchObject([{ outcome: 'applied' }]);
    desk.resetClock();
  });

  it('has the rights of who decided it, not of who sends it', async () => {
    const [byOfficer, bySupervisor] = [await desk.newRecord(), await desk.newRecord()];
    for (const recordNumber of [byOfficer, bySupervisor]) await desk.decide(recordNumber, 'cantTell');
    const note = '並べて確かめた';
    expect(await send([await decided(byOfficer, { note })], supervisor)).toEqual(['conflict']);
    expect(await desk.check(byOfficer)).toMatchObject({ state: 'referred' });
    expect(await open(byOfficer)).toMatchObject([{ kind: 'notAllowed', refusal: 'supervisor_required' }]);
    expect(await send([await decided(bySupervisor, { note }, desk.ueno)], colleague)).toEqual(['applied']);
    expect(await desk.check(bySupervisor)).toMatchObject({ state: 'checked' });
  });

  it('that a colleague sends is entered for who decided it, and flagged', async () => {
    const recordNumber = await desk.newRecord();
    const kept = await decided(recordNumber);
    expect(await send([kept], colleague)).toEqual(['applied']);
    expect(await desk.check(recordNumber)).toMatchObject({ acts: [{ officerName: '森 和子' }] });
    expect(await open(recordNumber)).toMatchObject([
      { kind: 'otherOfficer', decidedByName: '森 和子', sentByName: '別 職員' },
    ]);
  });

  it('is told in the history as such, and what was decided with a line is not', async () => {
    const recordNumber = await desk.newRecord();
    await send([await decided(recordNumber)]);
    await desk.testEyes(recordNumber);
    const { acts } = await desk.check(recordNumber);
    expect(acts.map(({ offlineReceivedAt }) => offlineReceivedAt)).toEqual([minutesLater(60), null]);
  });

  it('is of the commission where it was decided, whoever sends it', async () => {
    const recordNumber = await desk.newRecord();
    const before = await desk.lastAuditId();
    expect(await send([await decided(recordNumber, {}, desk.hayashi)], desk.mori)).toEqual(['applied']);
    const accepted = (await desk.auditedAfter(before)).find(({ what }) => what === 'record.accepted');
    expect(accepted?.detail).toMatchObject({ isVia: true });
  });

  it('is refused from a desk that is not ours, or with a proof that is not', async () => {
    const recordNumber = await desk.newRecord();
    const kept = await decided(recordNumber);
    const [, ...rest] = kept.desk.split('.');
    const mallory = { ...kept, desk: [colleague.officerId, ...rest].join('.') };
    const forged = {
      ...kept,
      id: crypto.randomUUID(),
      proof: await makeProof({ ...CLAIMS, recordNumber }, await makeProofSigner('9')),
    };
    expect(await send([mallory, forged])).toEqual(['refused', 'refused']);
    expect(await desk.check(recordNumber)).toMatchObject({ state: 'issued' });
  });
});
