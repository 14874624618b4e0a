import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openCounterDesk, type CounterDesk } from '../../support/counter-desk.ts';

let desk: CounterDesk;
beforeAll(async () => {
  desk = await openCounterDesk();
});
afterAll(() => desk.close());
beforeEach(() => desk.resetClock());

async function usedRecord(): Promise<string> {
  const recordNumber = await desk.newRecord();
  await desk.accept(recordNumber);
  await desk.testEyes(recordNumber);
  await desk.issue(recordNumber);
  return recordNumber;
}

describe('a wrong entry', () => {
  it('is taken back step by step by who made it, and nothing is overwritten', async () => {
    const recordNumber = await usedRecord();
    const before = await desk.lastAuditId();
    await desk.correct(recordNumber);
    expect(await desk.check(recordNumber)).toMatchObject({ state: 'checked', next: 'issue' });
    await desk.correct(recordNumber);
    expect(await desk.check(recordNumber)).toMatchObject({
      state: 'checked',
      next: 'aptitudeTest',
      test: null,
    });
    await desk.correct(recordNumber);
    const seen = await desk.check(recordNumber);
    expect(seen).toMatchObject({ state: 'issued', next: 'decide', version: 7, correction: null });
    expect(seen.acts).toMatchObject([
      { kind: 'accepted', isTakenBack: true },
      { kind: 'aptitudeTest', isTakenBack: true },
      { kind: 'issued', isTakenBack: true },
      { kind: 'corrected', takenBack: 'issued', note: '入力の誤り', officerName: '森 和子' },
      { kind: 'corrected', takenBack: 'aptitudeTest' },
      { kind: 'corrected', takenBack: 'accepted' },
    ]);
    await expect(desk.correct(recordNumber)).rejects.toMatchObject({ code: 'nothing_to_correct' });
    const audited = await desk.auditedAfter(before);
    expect(audited).toContainEqual(
      expect.objectContaining({
        what: 'record.corrected',
        detail: expect.objectContaining({ takenBack: 'issued' }) as unknown,
      }),
    );
    expect(JSON.stringify(audited)).not.toContain('入力の誤り');
  });

  it('leaves a record that is used again once, and only once', async () => {
    const recordNumber = await usedRecord();
    await desk.correct(recordNumber);
    await desk.issue(recordNumber, 5, { holdingAfter: 'mynaOnly' });
    await expect(desk.issue(recordNumber, 6)).rejects.toMatchObject({ code: 'record_already_used' });
    expect((await desk.check(recordNumber)).state).toBe('used');
  });

  it('needs a reason', async () => {
    const recordNumber = await usedRecord();
    await expect(desk.correct(recordNumber, desk.mori, { reason: ' ' })).rejects.toMatchObject({
      code: 'reason_required',
    });
  });

  it('is not taken back by a colleague, nor by himself the next day, but by a supervisor of the commission', async () => {
    const recordNumber = await usedRecord();
    await expect(desk.correct(recordNumber, desk.hayashi)).rejects.toMatchObject({
      code: 'supervisor_required',
    });
    desk.clock.set('2026-11-22T15:00:00Z');
    expect((await desk.check(recordNumber)).correction).toMatchObject({ isAllowed: false });
    await expect(desk.correct(recordNumber)).rejects.toMatchObject({ code: 'supervisor_required' });
    expect((await desk.check(recordNumber, desk.ueno)).correction).toMatchObject({ isAllowed: true });
    await desk.correct(recordNumber, desk.ueno);
    expect(await desk.check(recordNumber)).toMatchObject({ state: 'checked' });
  });

  it('made at another commission’s counter is not for the supervisor here', async () => {
    const recordNumber = await desk.newRecord();
    await desk.accept(recordNumber, 1, desk.hayashi);
    await expect(desk.correct(recordNumber, desk.ueno)).rejects.toMatchObject({
      code: 'supervisor_required',
    });
    await desk.correct(recordNumber, desk.hayashi);
  });

  it('is taken back once when two press at once', async () => {
    const recordNumber = await usedRecord();
    // Both have the page open before either presses.
    const { version, correction } = await desk.check(recordNumber);
    const seen = { version, actId: correction!.actId };
    const outcomes = await Promise.allSettled([
      desk.correct(recordNumber, desk.mori, seen),
      desk.correct(recordNumber, desk.ueno, seen),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find((outcome) => outcome.status === 'rejected')?.reason).toMatchObject({
      code: 'correction_not_newest',
    });
    expect((await desk.check(recordNumber)).state).toBe('checked');
  });

  it('that was a rejection lets the record be decided again', async () => {
    const recordNumber = await desk.newRecord();
    await desk.reject(recordNumber);
    await desk.correct(recordNumber);
    await desk.accept(recordNumber, 3);
    expect((await desk.check(recordNumber)).state).toBe('checked');
  });

  it('is not looked for in a record whose state its history does not account for', async () => {
    const recordNumber = await desk.newRecord();
    await desk.accept(recordNumber);
    await desk.db
      .updateTable('completionRecord')
      .set({ state: 'voided' })
      .where('recordNumber', '=', recordNumber)
      .execute();
    await expect(desk.correct(recordNumber)).rejects.toMatchObject({ code: 'nothing_to_correct' });
  });
});

describe('the table of acts', () => {
  it('takes no second correction of an act, none without a reason, and none of another record’s act', async () => {
    const one = await usedRecord();
    const other = await usedRecord();
    const recordId = async (recordNumber: string) =>
      (
        await desk.db
          .selectFrom('completionRecord')
          .where('recordNumber', '=', recordNumber)
          .select('id')
          .executeTakeFirstOrThrow()
      ).id;
    const actId = (await desk.check(one)).correction!.actId;
    await desk.correct(one);
    const correction = {
      recordVersion: 99,
      kind: 'corrected',
      officerId: desk.mori.officerId,
      officeId: desk.mori.officeId,
      reason: 'wrongEntry',
      takesBack: actId,
    };
    const insert = (changes: object) =>
      desk.db
        .insertInto('counterAct')
        .values({ ...correction, recordId: '', ...changes })
        .execute();
    await expect(insert({ recordId: await recordId(one) })).rejects.toThrow('takes_back');
    const otherAct = (await desk.check(other)).correction!.actId;
    await expect(insert({ recordId: await recordId(one), takesBack: otherAct })).rejects.toThrow(
      'foreign key',
    );
    await expect(
      insert({ recordId: await recordId(other), takesBack: otherAct, reason: null }),
    ).rejects.toThrow('correction_reason');
    await expect(insert({ recordId: await recordId(other), takesBack: null })).rejects.toThrow('correction');
  });
});
