import type { CalendarDate } from './calendar.ts';
import { HOLDING_TYPES, type HoldingType } from './lecture-class.ts';

/** Renewal fee in yen by what is held before and chosen after; null where no published amount was found. */
type RenewalFees = Readonly<Record<HoldingType, Readonly<Record<HoldingType, number | null>>>>;

/** Fees are set by each prefecture's ordinance on a national standard: a table has a day from which it applies. */
export interface FeeTable {
  /** null: the national standard, used where a commission has no table of its own. */
  readonly commissionCode: string | null;
  readonly validFrom: CalendarDate;
  readonly renewalYen: RenewalFees;
  readonly onlineLectureYen: number;
}

/**
 * 2,850 and 200: Kanagawa's price for an online learner who chooses the card (3,050). 2,850 (card to card): Hiroshima.
 * 2,100 and 2,950: as the press reported the standard. The tables that exist contradict each other elsewhere, so null.
 */
export const FEE_TABLES: readonly FeeTable[] = [
  {
    commissionCode: null,
    validFrom: '2025-03-24',
    onlineLectureYen: 200,
    renewalYen: {
      cardOnly: { cardOnly: 2_850, mynaOnly: null, both: null },
      mynaOnly: { cardOnly: 2_850, mynaOnly: 2_100, both: null },
      both: { cardOnly: 2_850, mynaOnly: null, both: 2_950 },
    },
  },
];

/** The commission's own table in force that day, else the national one; undefined before there was any. */
function findFeeTable(
  tables: readonly FeeTable[],
  commissionCode: string,
  on: CalendarDate,
): FeeTable | undefined {
  const inForce = tables.filter((table) => table.validFrom <= on);
  const newestOf = (code: string | null) =>
    inForce
      .filter((table) => table.commissionCode === code)
      .reduce<FeeTable | undefined>(
        (best, table) => (best && best.validFrom >= table.validFrom ? best : table),
        undefined,
      );
  return newestOf(commissionCode) ?? newestOf(null);
}

/** What is paid at the counter for renewal and online lecture together, in yen. */
export interface FeeRange {
  readonly lowestYen: number;
  readonly highestYen: number;
  /** True when some way of holding has no known price: then the range is what is known, not all there is. */
  readonly hasUnknown: boolean;
}

/**
 * The fees that somebody with that holding may meet, over everything he may choose to hold after; null when none is known.
 * Paid at the counter on the day of renewal.
 */
export function feeRange(
  holdingBefore: HoldingType,
  commissionCode: string,
  on: CalendarDate,
  tables: readonly FeeTable[] = FEE_TABLES,
): FeeRange | null {
  const table = findFeeTable(tables, commissionCode, on);
  if (!table) return null;
  const amounts = HOLDING_TYPES.map((after) => table.renewalYen[holdingBefore][after]);
  const known = amounts.filter((amount) => amount !== null).map((amount) => amount + table.onlineLectureYen);
  if (known.length === 0) return null;
  return {
    lowestYen: Math.min(...known),
    highestYen: Math.max(...known),
    hasUnknown: known.length < amounts.length,
  };
}
