import { describe, expect, it } from 'vitest';
import { feeDue, feeRange, type FeeTable, type PaidRenewal } from './fees.ts';

const national: FeeTable = {
  commissionCode: null,
  validFrom: '2025-03-24',
  onlineLectureYen: 200,
  viaYen: null,
  renewalYen: {
    cardOnly: { cardOnly: 2_850, mynaOnly: null, both: null },
    mynaOnly: { cardOnly: 2_850, mynaOnly: 2_100, both: null },
    both: { cardOnly: 2_850, mynaOnly: null, both: 2_950 },
  },
};
const own = (changes: Partial<FeeTable>): FeeTable => ({ ...national, commissionCode: 'tokyo', ...changes });

describe('what a learner may have to pay', () => {
  const rangeOf = (holding: 'both' | 'mynaOnly', on = '2026-11-24', tables = [national]) =>
    feeRange(tables, holding, 'kanagawa', on);

  it('is 3,050 yen in Kanagawa for an online learner who chooses the card', () => {
    expect(rangeOf('both')).toEqual({ lowestYen: 3_050, highestYen: 3_150, hasUnknown: true });
  });

  it('is 2,300 yen for who keeps the My Number licence only', () => {
    expect(rangeOf('mynaOnly')?.lowestYen).toBe(2_300);
  });

  it('is not known before the first table', () => expect(rangeOf('both', '2025-03-23')).toBeNull());

  it('is not known as long as the price of the lecture is not', () => {
    expect(rangeOf('both', '2026-11-24', [{ ...national, onlineLectureYen: null }])).toBeNull();
  });

  it('says nothing where nothing is known', () => {
    const nothing = { cardOnly: null, mynaOnly: null, both: null };
    const renewalYen = { cardOnly: nothing, mynaOnly: nothing, both: nothing };
    expect(rangeOf('both', '2026-11-24', [{ ...national, renewalYen }])).toBeNull();
  });
});

describe('the fee due at the counter', () => {
  const atHome: PaidRenewal = {
    holdingBefore: 'mynaOnly',
    holdingAfter: 'mynaOnly',
    homeCommissionCode: 'tokyo',
    officeCommissionCode: 'tokyo',
    on: '2026-11-24',
  };
  const totalOn = (on: string, tables: FeeTable[]) => feeDue(tables, { ...atHome, on }).totalYen;

  it('is the renewal and the lecture at home, and nothing for passing it on', () => {
    expect(feeDue([national], atHome)).toEqual({
      renewalYen: 2_100,
      lectureYen: 200,
      viaYen: 0,
      totalYen: 2_300,
    });
  });

  it('is the commission’s own once its table is in force, and the newest of them', () => {
    const tables = [
      own({ validFrom: '2027-04-01', onlineLectureYen: 400 }),
      national,
      own({ validFrom: '2026-04-01', onlineLectureYen: 300 }),
    ];
    expect(totalOn('2026-03-31', tables)).toBe(2_300);
    expect(totalOn('2026-04-01', tables)).toBe(2_400);
    expect(totalOn('2027-03-31', tables)).toBe(2_400);
    expect(totalOn('2027-04-01', tables)).toBe(2_500);
    expect(feeDue(tables, { ...atHome, homeCommissionCode: 'osaka', on: '2027-04-01' }).lectureYen).toBe(200);
  });

  it('is by the later of two tables for the same day', () => {
    const first = own({ validFrom: '2026-04-01', onlineLectureYen: 300 });
    expect(totalOn('2026-04-01', [national, first, { ...first, onlineLectureYen: 350 }])).toBe(2_450);
  });

  it('is not known as soon as one part is not', () => {
    expect(feeDue([national], { ...atHome, holdingBefore: 'both', holdingAfter: 'mynaOnly' })).toEqual({
      renewalYen: null,
      lectureYen: 200,
      viaYen: 0,
      totalYen: null,
    });
  });

  it('of somebody from elsewhere has the visited commission’s fee for passing it on, where that is known', () => {
    const via = { ...atHome, homeCommissionCode: 'kanagawa' };
    expect(feeDue([national], via)).toMatchObject({ viaYen: null, totalYen: null });
    const tables = [national, own({ viaYen: 900, onlineLectureYen: 9_999 })];
    expect(feeDue(tables, via)).toEqual({ renewalYen: 2_100, lectureYen: 200, viaYen: 900, totalYen: 3_200 });
  });
});
