import type { RefusalCode } from '../refusal.ts';
import { birthdayIn, yearOf, type CalendarDate } from '../renewal/calendar.ts';
import { isOnlineLectureClass, type HoldingType, type LectureClass } from '../renewal/lecture-class.ts';

/** What the register cannot know of a renewal at another commission's counter: the officer asks, and confirms each. */
export const VIA_CONFIRMATIONS = ['hasNoRestriction', 'changesNoParticulars', 'hasNoFormerLapse'] as const;
export type ViaConfirmation = (typeof VIA_CONFIRMATIONS)[number];

const UNCONFIRMED: Readonly<Record<ViaConfirmation, RefusalCode>> = {
  // No condition for the state of the body but glasses and hearing aid.
  hasNoRestriction: 'via_restriction',
  // No change of what is written on the licence, and no re-issue, at the same time.
  changesNoParticulars: 'via_particulars',
  // Not a licence that was acquired anew after an unavoidable lapse.
  hasNoFormerLapse: 'via_former_lapse',
};

export interface ViaPerson {
  readonly lectureClass: LectureClass;
  readonly holdingBefore: HoldingType;
  readonly birthDate: CalendarDate;
  readonly periodStart: CalendarDate;
  readonly periodEnd: CalendarDate;
  /** The register knows of a lapse or a revocation since the lecture: the licence is acquired anew. */
  readonly hasLapsed: boolean;
}

/**
 * 経由地更新: the last day on which another commission takes the renewal. With the plastic card alone the birthday; with a My Number licence,
 * also beside the card, the end of the renewal period (警視庁, 奈良県警 since 2025-03-24).
 */
export function viaUntil({ holdingBefore, birthDate, periodStart, periodEnd }: ViaPerson): CalendarDate {
  if (holdingBefore !== 'cardOnly') return periodEnd;
  const year = yearOf(periodStart);
  const birthday = [year, year + 1]
    .map((each) => birthdayIn(birthDate, each))
    .find((day) => day >= periodStart);
  return birthday !== undefined && birthday <= periodEnd ? birthday : periodEnd;
}

/** Why no other commission can take this renewal on that day, as far as the register knows; null when it can. */
export function assessVia(person: ViaPerson, today: CalendarDate): RefusalCode | null {
  if (!isOnlineLectureClass(person.lectureClass)) return 'via_class';
  if (person.hasLapsed) return 'via_former_lapse';
  return today > viaUntil(person) ? 'via_period_over' : null;
}

/** The first of the confirmations that is missing; null when all are given. */
export function assessViaConfirmed(given: readonly ViaConfirmation[]): RefusalCode | null {
  const missing = VIA_CONFIRMATIONS.find((each) => !given.includes(each));
  return missing === undefined ? null : UNCONFIRMED[missing];
}

/** Another commission does not change what is held, but takes the plastic card back from somebody who holds both. */
export function canHoldAfterVia(holdingBefore: HoldingType, holdingAfter: HoldingType): boolean {
  return holdingAfter === holdingBefore || (holdingBefore === 'both' && holdingAfter === 'mynaOnly');
}
