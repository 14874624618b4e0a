import type { RefusalCode } from '../refusal.ts';
import type { CalendarDate } from '../renewal/calendar.ts';
import type { HoldingType } from '../renewal/lecture-class.ts';

export interface PlannedIssue {
  readonly holdingBefore: HoldingType;
  readonly holdingAfter: HoldingType;
  /** 経由地更新: the office belongs to another commission than the person's home. */
  readonly isVia: boolean;
  readonly suspendedUntil: CalendarDate | null;
  readonly today: CalendarDate;
}

/**
 * Why the licence cannot be issued like that, or null. Another commission does not change what is held, but takes a licence card
 * back (経由地更新); nothing is recorded on a My Number card while the licence is suspended.
 */
export function assessIssue({
  holdingBefore,
  holdingAfter,
  isVia,
  suspendedUntil,
  today,
}: PlannedIssue): RefusalCode | null {
  const givesCardBack = holdingBefore === 'both' && holdingAfter === 'mynaOnly';
  if (isVia && holdingAfter !== holdingBefore && !givesCardBack) return 'via_holding_change';
  if (holdingAfter !== 'cardOnly' && suspendedUntil !== null && today <= suspendedUntil)
    return 'licence_suspended';
  return null;
}
