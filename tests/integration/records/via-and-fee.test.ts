import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openCounterDesk, type CounterDesk } from '../../support/counter-desk.ts';

let desk: CounterDesk;
beforeAll(async () => {
  desk = await openCounterDesk();
});
afterAll(() => desk.close());
beforeEach(() => desk.resetClock());

async function testedInTokyo(): Promise<string> {
  const recordNumber = await desk.newRecord();
  await desk.accept(recordNumber, 1, desk.hayashi);
  await desk.testEyes(recordNumber, 2, {}, desk.hayashi);
  return recordNumber;
}

describe('somebody from Kanagawa at a counter in Tokyo', () => {
  it.each([
    ['via_restriction', ['changesNoParticulars', 'hasNoFormerLapse']],
    ['via_particulars', ['hasNoRestriction', 'hasNoFormerLapse']],
    ['via_former_lapse', ['hasNoRestriction', 'changesNoParticulars']],
  ])('is asked first: %s', async (code, viaConfirmed) => {
    const recordNumber = await testedInTokyo();
    await expect(desk.issue(recordNumber, 3, { viaConfirmed }, desk.hayashi)).rejects.toMatchObject({ code });
    expect(await desk.check(recordNumber)).toMatchObject({ state: 'checked', version: 3 });
  });

  it('is not asked at home', async () => {
    const recordNumber = await desk.newRecord();
    await desk.accept(recordNumber);
    await desk.testEyes(recordNumber);
    expect((await desk.check(recordNumber)).via).toBeNull();
    await desk.issue(recordNumber, 3, { viaConfirmed: [] });
  });

  it('who holds the plastic card alone is taken until the birthday, and at home until the last day', async () => {
    const recordNumber = await desk.newRecord();
    const { birthDate } = (await desk.check(recordNumber)).driver;
    const hold = (holdingType: string) =>
      desk.db.updateTable('driver').set({ holdingType }).where('birthDate', '=', birthDate).execute();
    const birthday = `2026-${birthDate.slice(5)}`;
    await desk.db
      .updateTable('completionRecord')
      .set({ periodStart: '2026-11-01' })
      .where('recordNumber', '=', recordNumber)
      .execute();
    expect((await desk.check(recordNumber, desk.hayashi)).via).toEqual({
      until: '2027-01-04',
      obstacle: null,
    });
    await hold('cardOnly');
    expect((await desk.check(recordNumber, desk.hayashi)).via).toMatchObject({ until: birthday });
    desk.clock.set(`${birthday}T15:00:00Z`);
    expect((await desk.check(recordNumber, desk.hayashi)).via).toMatchObject({ obstacle: 'via_period_over' });
    await expect(desk.accept(recordNumber, 1, desk.hayashi)).rejects.toMatchObject({
      code: 'via_period_over',
    });
    // The record was made for another period than the statement says, so only the rule is looked at here.
    expect((await desk.check(recordNumber)).obstacles).toEqual([]);
    await hold('both');
  });
});

describe('the fee of the day', () => {
  it('is shown for each way of holding, and kept with the issue as it was due', async () => {
    const recordNumber = await desk.newRecord();
    expect((await desk.check(recordNumber)).fees).toMatchObject([
      { holdingAfter: 'cardOnly', totalYen: 3_050 },
      { holdingAfter: 'mynaOnly', renewalYen: null, lectureYen: 200, totalYen: null },
      { holdingAfter: 'both', renewalYen: 2_950, viaYen: 0, totalYen: 3_150 },
    ]);
    await desk.accept(recordNumber);
    await desk.testEyes(recordNumber);
    await desk.issue(recordNumber, 3, { holdingAfter: 'both' });
    expect((await desk.check(recordNumber)).acts.at(-1)).toMatchObject({
      issue: { fee: { totalYen: 3_150 } },
    });
  });

  it('is not known in another commission that has not entered what it takes', async () => {
    const recordNumber = await testedInTokyo();
    expect((await desk.check(recordNumber, desk.hayashi)).fees).toMatchObject([
      { totalYen: null, viaYen: null },
      { totalYen: null },
      { renewalYen: 2_950, viaYen: null, totalYen: null },
    ]);
  });
});

describe('an aptitude test', () => {
  it('in which something was not measured is not kept', async () => {
    const recordNumber = await desk.newRecord();
    await desk.accept(recordNumber);
    for (const changes of [
      { eyesightLeft: '' },
      { hearing: '' },
      { licenceGroup: 'large' },
      { licenceGroup: 'large', depthError1Mm: '1', depthError2Mm: '2' },
      { eyesightLeft: '0.1' },
    ])
      await expect(desk.testEyes(recordNumber, 2, changes)).rejects.toMatchObject({
        code: 'aptitude_incomplete',
      });
    expect((await desk.check(recordNumber)).acts).toHaveLength(1);
  });

  it('keeps what the kind asks for and nothing else, with the conditions that follow', async () => {
    const recordNumber = await desk.newRecord();
    await desk.accept(recordNumber);
    const more = { depthError1Mm: '90', depthError2Mm: '90', depthError3Mm: '90', fieldDegrees: '40' };
    await desk.testEyes(recordNumber, 2, { ...more, hearing: 'heardWithAid', wearsGlasses: 'yes' });
    expect((await desk.check(recordNumber)).test).toMatchObject({
      depthErrorsMm: [],
      fieldDegrees: null,
      faults: [],
      conditions: ['glasses', 'hearingAid'],
    });
  });

  it('that was kept when hearing and motion were one question can still be read', async () => {
    const recordNumber = await desk.newRecord();
    await desk.accept(recordNumber);
    const { id } = await desk.db
      .selectFrom('completionRecord')
      .where('recordNumber', '=', recordNumber)
      .select('id')
      .executeTakeFirstOrThrow();
    const detail = {
      licenceGroup: 'ordinary',
      eyesightBoth: 0.5,
      eyesightLeft: 0.5,
      eyesightRight: 0.5,
      wearsGlasses: true,
      fieldDegrees: null,
      depthErrorsMm: [],
      isHearingAndMotionFine: false,
      faults: ['eyesight', 'hearingOrMotion'],
      needsGlasses: true,
    };
    await desk.db
      .insertInto('counterAct')
      .values({
        recordId: id,
        recordVersion: 2,
        kind: 'aptitudeTest',
        officerId: desk.mori.officerId,
        officeId: desk.mori.officeId,
        detail: JSON.stringify(detail),
      })
      .execute();
    expect((await desk.check(recordNumber)).test).toMatchObject({
      faults: ['eyesight', 'motion'],
      conditions: ['glasses'],
    });
  });
});
