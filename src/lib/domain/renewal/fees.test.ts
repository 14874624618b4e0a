import { describe, expect, it } from 'vitest';
import { FEE_TABLES, feeRange, type FeeTable } from './fees.ts';

const national = FEE_TABLES[0] as FeeTable;

describe('what is paid at the counter', () => {
  it('is 3,050 yen in Kanagawa for an online learner who chooses the card', () => {
    expect(feeRange('both', 'kanagawa', '2026-11-24')).toEqual({
      lowestYen: 3_050,
      highestYen: 3_150,
      hasUnknown: true,
    });
  });

  it('is 2,300 yen for who keeps the My Number licence only', () => {
    expect(feeRange('mynaOnly', 'kanagawa', '2026-11-24')?.lowestYen).toBe(2_300);
  });

  it('is not known before the first table', () =>
    expect(feeRange('both', 'kanagawa', '2025-03-23')).toBeNull());

  it('is the commission’s own once its table is in force, and the newest of them', () => {
    const own = (validFrom: string, onlineLectureYen: number): FeeTable => ({
      ...national,
      commissionCode: 'tokyo',
      validFrom,
      onlineLectureYen,
    });
    const tables = [own('2027-04-01', 400), national, own('2026-04-01', 300)];
    const lowest = (commissionCode: string, on: string) =>
      feeRange('mynaOnly', commissionCode, on, tables)?.lowestYen;
    expect(lowest('tokyo', '2026-03-31')).toBe(2_300);
    expect(lowest('tokyo', '2026-04-01')).toBe(2_400);
    expect(lowest('tokyo', '2027-04-01')).toBe(2_500);
    expect(lowest('kanagawa', '2027-04-01')).toBe(2_300);
  });

  it('says nothing where nothing is known', () => {
    const nothing = { cardOnly: null, mynaOnly: null, both: null };
    const unknown: FeeTable = {
      ...national,
      renewalYen: { cardOnly: nothing, mynaOnly: nothing, both: nothing },
    };
    expect(feeRange('both', 'tokyo', '2026-11-24', [unknown])).toBeNull();
  });
});
