import type { CalendarDate } from './calendar.ts';
import { HOLDING_TYPES, type HoldingType } from './lecture-class.ts';

/** Renewal fee in yen by what is held before and chosen after; null where it is not known. */
export type RenewalFees = Readonly<Record<HoldingType, Readonly<Record<HoldingType, number | null>>>>;

/** Fees are set by each prefecture's ordinance on a national standard: a table has a day from which it applies. */
export interface FeeTable {
  /** null: the national standard, used where a commission has no table of its own. */
  readonly commissionCode: string | null;
  readonly validFrom: CalendarDate;
  readonly renewalYen: RenewalFees;
  /** In yen; null where it is not known. */
  readonly onlineLectureYen: number | null;
  /** 経由手数料, in yen; null where it is not known. */
  readonly viaYen: number | null;
}

/**
 * The commission's own table in force that day, else the national one; undefined before there was any. Of two for the same day the one
 * that comes later among `tables` counts: it corrects the other.
 */
export function findFeeTable(
  tables: readonly FeeTable[],
  commissionCode: string,
  on: CalendarDate,
): FeeTable | undefined {
  const inForce = tables.filter((table) => table.validFrom <= on);
  const newestOf = (code: string | null) =>
    inForce
      .filter((table) => table.commissionCode === code)
      .reduce<FeeTable | undefined>(
        (best, table) => (best && best.validFrom > table.validFrom ? best : table),
        undefined,
      );
  return newestOf(commissionCode) ?? newestOf(null);
}

export interface PaidRenewal {
  readonly holdingBefore: HoldingType;
  readonly holdingAfter: HoldingType;
  readonly homeCommissionCode: string;
  /** The commission at whose counter it is done. */
  readonly officeCommissionCode: string;
  readonly on: CalendarDate;
}

/** What is paid at the counter, in yen; null is not known and has to be asked for, never guessed. */
export interface FeeDue {
  readonly renewalYen: number | null;
  readonly lectureYen: number | null;
  /** 経由手数料: 0 at home. */
  readonly viaYen: number | null;
  /** Null as soon as one part is not known. */
  readonly totalYen: number | null;
}

/**
 * Renewal and online lecture by the table of the home commission, and, at the counter of another one, the fee for passing it on by the
 * table of that one (経由地更新: the one that does the work asks for it).
 */
export function feeDue(tables: readonly FeeTable[], renewal: PaidRenewal): FeeDue {
  const { holdingBefore, holdingAfter, homeCommissionCode, officeCommissionCode, on } = renewal;
  const home = findFeeTable(tables, homeCommissionCode, on);
  const isVia = homeCommissionCode !== officeCommissionCode;
  const renewalYen = home?.renewalYen[holdingBefore][holdingAfter] ?? null;
  const lectureYen = home?.onlineLectureYen ?? null;
  const viaYen = isVia ? (findFeeTable(tables, officeCommissionCode, on)?.viaYen ?? null) : 0;
  const isKnown = renewalYen !== null && lectureYen !== null && viaYen !== null;
  return { renewalYen, lectureYen, viaYen, totalYen: isKnown ? renewalYen + lectureYen + viaYen : null };
}

/** What is paid at the counter for renewal and online lecture together, in yen. */
export interface FeeRange {
  readonly lowestYen: number;
  readonly highestYen: number;
  /** True when some way of holding has no known price: then the range is what is known, not all there is. */
  readonly hasUnknown: boolean;
}

/**
 * The fees that somebody with that holding may meet at home, over everything he may choose to hold after; null when none is known.
 * Paid at the counter on the day of renewal.
 */
export function feeRange(
  tables: readonly FeeTable[],
  holdingBefore: HoldingType,
  commissionCode: string,
  on: CalendarDate,
): FeeRange | null {
  const home = { homeCommissionCode: commissionCode, officeCommissionCode: commissionCode, on };
  const amounts = HOLDING_TYPES.map(
    (holdingAfter) => feeDue(tables, { ...home, holdingBefore, holdingAfter }).totalYen,
  );
  const known = amounts.filter((amount) => amount !== null);
  if (known.length === 0) return null;
  return {
    lowestYen: Math.min(...known),
    highestYen: Math.max(...known),
    hasUnknown: known.length < amounts.length,
  };
}
