import { afterAll, describe, expect, it } from 'vitest';
import type { CounterOfficer } from '#lib/domain/people/actor.ts';
import { countConflictsFor, listConflicts, resolveConflict } from '#lib/server/records/offline-conflicts.ts';
import { signedInOfficer } from '../../support/officers.ts';
import { openOfflineDesk } from './offline-desk.ts';

const { desk, supervisor, colleague, minutesLater, decided, send, open } = await openOfflineDesk();
afterAll(() => desk.close());

describe('a decision that was made while the line was away, and meets another', () => {
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

  it('is flagged when the same officer accepts without a line, again, what he had accepted', async () => {
    const [checked, used] = [await desk.newRecord(), await desk.newRecord()];
    for (const recordNumber of [checked, used]) await send([await decided(recordNumber)]);
    desk.clock.set(minutesLater(10).toISOString());
    await desk.testEyes(used);
    await desk.issue(used);
    desk.resetClock();
    for (const recordNumber of [checked, used]) {
      const again = await decided(recordNumber, { decidedAt: minutesLater(30).toISOString() });
      expect(await send([again])).toEqual(['conflict']);
      expect(await open(recordNumber)).toMatchObject([{ kind: 'usedTwice', decidedByName: '森 和子' }]);
    }
  });

  it('is not entered over what was done since, also when that was taken back', async () => {
    const recordNumber = await desk.newRecord();
    const kept = await decided(recordNumber);
    desk.clock.set(minutesLater(30).toISOString());
    await desk.accept(recordNumber);
    await desk.correct(recordNumber);
    desk.resetClock();
    expect(await send([kept])).toEqual(['conflict']);
    expect(await desk.check(recordNumber)).toMatchObject({ state: 'issued' });
    expect(await open(recordNumber)).toMatchObject([{ kind: 'notAllowed', refusal: 'offline_overtaken' }]);
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

  it('is flagged when its time cannot be right', async () => {
    const recordNumber = await desk.newRecord();
    const kept = await decided(recordNumber, { decidedAt: minutesLater(-60).toISOString() });
    expect(await send([kept])).toEqual(['conflict']);
    expect(await open(recordNumber)).toMatchObject([{ kind: 'notAllowed', refusal: 'offline_time' }]);
    expect(await desk.check(recordNumber)).toMatchObject({ state: 'issued' });
  });

  it('of an officer who had been shut out by then is flagged, and what he decided before is not', async () => {
    const gone = await signedInOfficer(desk.app, '元 職員');
    const records = [await desk.newRecord(), await desk.newRecord()];
    const [before, after] = [
      await decided(records[0]!, {}, gone),
      await decided(records[1]!, { decidedAt: minutesLater(20).toISOString() }, gone),
    ];
    await desk.db
      .updateTable('officer')
      .set({ disabledAt: minutesLater(10) })
      .where('id', '=', gone.officerId)
      .execute();
    expect(await send([before, after])).toEqual(['applied', 'conflict']);
    expect(await open(records[1]!)).toMatchObject([{ kind: 'notAllowed', refusal: 'officer_disabled' }]);
    expect(await desk.check(records[1]!)).toMatchObject({ state: 'issued', acts: [] });
  });

  it('of the same officer who entered it once more by hand is no conflict', async () => {
    const recordNumber = await desk.newRecord();
    const kept = await decided(recordNumber);
    await desk.accept(recordNumber);
    expect(await send([kept])).toEqual(['repeated']);
    expect(await open(recordNumber)).toEqual([]);
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
