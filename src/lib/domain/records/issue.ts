import type { RefusalCode } from '../refusal.ts';
import type { CalendarDate } from '../renewal/calendar.ts';
import type { HoldingType } from '../renewal/lecture-class.ts';
import { canHoldAfterVia } from './via.ts';

export interface PlannedIssue {
  readonly holdingBefore: HoldingType;
  readonly holdingAfter: HoldingType;
  /** 経由地更新: the office belongs to another commission than the person's home. */
  readonly isVia: boolean;
  readonly suspendedUntil: CalendarDate | null;
  readonly today: CalendarDate;
}

/**
 * Why the licence cannot be issued like that, or null. What another commission may change of what is held is in via.ts; nothing is recorded on a My Number card while the licence is suspended.
 */
export function assessIssue({
  holdingBefore,
  holdingAfter,
  isVia,
  suspendedUntil,
  today,
}: PlannedIssue): RefusalCode | null {
  if (isVia && !canHoldAfterVia(holdingBefore, holdingAfter)) return 'via_holding_change';
  if (holdingAfter !== 'cardOnly' && suspendedUntil !== null && today <= suspendedUntil)
    return 'licence_suspended';
  return null;
}
