import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CounterOfficer } from '#lib/domain/people/actor.ts';
import { makeProof } from '#lib/proof/proof.ts';
import { countConflictsFor, listConflicts, resolveConflict } from '#lib/server/records/offline-conflicts.ts';
import { prepareDesk } from '#lib/server/records/prepare-desk.ts';
import { reconcileOffline, ReconcileOffline } from '#lib/server/records/reconcile-offline.ts';
import { openCounterDesk, type CounterDesk } from '../../support/counter-desk.ts';
import { signedInOfficer } from '../../support/officers.ts';
import { CLAIMS, makeProofSigner } from '../../support/test-proof.ts';

let desk: CounterDesk;
let supervisor: CounterOfficer;
let colleague: CounterOfficer;
beforeAll(async () => {
  desk = await openCounterDesk();
  supervisor = await signedInOfficer(desk.app, '責任 者', 'kanagawa', { isSupervisor: true });
  colleague = await signedInOfficer(desk.app, '別 職員');
});
afterAll(() => desk.close());

const minutesLater = (minutes: number) => new Date(desk.app.clock.now().getTime() + minutes * 60_000);

/** What a terminal keeps of a decision five minutes after it was prepared for this officer. */
async function decided(recordNumber: string, changes: object = {}, by = desk.mori) {
  const { token, preparedAt } = prepareDesk(desk.app, by);
  return {
    id: crypto.randomUUID(),
    proof: await desk.proofOf(recordNumber),
    kind: 'accepted',
    decidedAt: minutesLater(5).toISOString(),
    revokedAsOf: preparedAt,
    desk: token,
    ...changes,
  };
}
type Kept = Awaited<ReturnType<typeof decided>>;

/** The line is back an hour later. */
async function send(decisions: readonly Kept[], officer = desk.mori) {
  desk.clock.set(minutesLater(60).toISOString());
  const sent = await reconcileOffline(desk.app, officer, ReconcileOffline.parse({ decisions }));
  desk.resetClock();
  return sent.map(({ outcome }) => outcome);
}
const open = async (recordNumber: string) =>
  (await listConflicts(desk.app, supervisor)).filter((conflict) => conflict.recordNumber === recordNumber);

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

  it('is flagged when the record was used at another office too, and nothing is overwritten', async () => {
    const recordNumber = await desk.newRecord();
    const here = await decided(recordNumber);
    const there = await decided(recordNumber, {}, desk.hayashi);
    expect(await send([there], desk.hayashi)).toEqual(['applied']);
    expect(await send([here])).toEqual(['conflict']);
    expect(await desk.check(recordNumber)).toMatchObject({
      state: 'checked',
      acts: [{ officerName: '林 修一' }],
    });
    expect(await open(recordNumber)).toMatchObject([
      { kind: 'usedTwice', refusal: 'record_already_decided', decidedByName: '森 和子' },
    ]);
  });

  it('of the same officer who entered it once more by hand is no conflict', async () => {
    const recordNumber = await desk.newRecord();
    const kept = await decided(recordNumber);
    await desk.accept(recordNumber);
    expect(await send([kept])).toEqual(['repeated']);
    expect(await open(recordNumber)).toEqual([]);
  });

  it('is flagged when the record was voided meanwhile, or has become of no use', async () => {
    const [voided, changed] = [await desk.newRecord('akiko'), await desk.newRecord('akiko')];
    const kept = [await decided(voided), await decided(changed)];
    await desk.db
      .updateTable('completionRecord')
      .set({ state: 'voided' })
      .where('recordNumber', '=', voided)
      .execute();
    await desk.setClass('akiko', 'violation');
    expect(await send(kept)).toEqual(['conflict', 'conflict']);
    await desk.setClass('akiko', 'excellent');
    expect(await open(voided)).toMatchObject([{ kind: 'voidedMeanwhile' }]);
    expect(await open(changed)).toMatchObject([{ kind: 'notAllowed', refusal: 'record_class_changed' }]);
    expect(await desk.check(voided)).toMatchObject({ state: 'voided', acts: [] });
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

  it('is flagged when its time cannot be right', async () => {
    const recordNumber = await desk.newRecord();
    const kept = await decided(recordNumber, { decidedAt: minutesLater(-60).toISOString() });
    expect(await send([kept])).toEqual(['conflict']);
    expect(await open(recordNumber)).toMatchObject([{ kind: 'notAllowed', refusal: 'offline_time' }]);
    expect(await desk.check(recordNumber)).toMatchObject({ state: 'issued' });
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

describe('what is flagged', () => {
  it('is settled once, in words, by a supervisor of that commission', async () => {
    const recordNumber = await desk.newRecord();
    const elsewhere = await signedInOfficer(desk.app, '東京 責任', 'tokyo', { isSupervisor: true });
    const countFor = (officer: CounterOfficer) => countConflictsFor(desk.app, officer);
    const [before, beforeElsewhere] = [await countFor(supervisor), await countFor(elsewhere)];
    await send([await decided(recordNumber)], colleague);
    const [conflict] = await open(recordNumber);
    expect(await countFor(supervisor)).toBe(before + 1);
    expect([await countFor(colleague), await countFor(elsewhere)]).toEqual([0, beforeElsewhere]);
    const { id } = conflict!;
    const settle = (officer: CounterOfficer, resolution = '本人に確認した') =>
      resolveConflict(desk.app, officer, { id, resolution });
    expect(() => listConflicts(desk.app, desk.mori)).toThrow(
      expect.objectContaining({ code: 'not_allowed' }) as Error,
    );
    await expect(settle(desk.mori)).rejects.toMatchObject({ code: 'not_allowed' });
    await expect(settle(supervisor, '')).rejects.toMatchObject({ code: 'reason_required' });
    await expect(settle(elsewhere)).rejects.toMatchObject({ code: 'conflict_already_resolved' });
    const outcomes = await Promise.allSettled([settle(supervisor), settle(supervisor)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await open(recordNumber)).toMatchObject([
      { resolution: '本人に確認した', resolvedByName: '責任 者' },
    ]);
    expect(await countFor(supervisor)).toBe(before);
  });

  it('keeps the decisions themselves unchanged', async () => {
    await expect(desk.db.deleteFrom('offlineDecision').execute()).rejects.toThrow('append-only');
  });
});
