import { ageOn, type CalendarDate } from './calendar.ts';
import { isOnlineLectureClass, type HoldingType, type LectureClass } from './lecture-class.ts';
import { renewalPeriod, type RenewalPeriod } from './period.ts';

/** E3: the online lecture is for renewals whose birthday is on or after this day (令和7年3月24日). */
export const ONLINE_LECTURE_SINCE: CalendarDate = '2025-03-24';
/** E7: from this age at the end of the period on, 高齢者講習 is taken instead (道路交通法101条の4第1項). */
export const SENIOR_AGE_YEARS = 70;

/** What the register says about a driver, as far as the conditions need it. */
export interface RegisteredDriver {
  readonly birthDate: CalendarDate;
  readonly lectureClass: LectureClass;
  readonly holdingType: HoldingType;
  readonly cardRecordedOn: CalendarDate | null;
  readonly expiryDate: CalendarDate;
  readonly signingCertificateSubmittedOn: CalendarDate | null;
  readonly portalLinkedOn: CalendarDate | null;
  readonly suspendedUntil: CalendarDate | null;
}

/** Of the certificate that the learner has shown: read from it at sign-in, never from a stored flag. */
export type CredentialState = 'valid' | 'expired' | 'revoked';

/** What each condition looked at, for the words on the page. */
export interface ConditionFacts {
  E1: { readonly lectureClass: LectureClass };
  E2: {
    readonly state: 'before' | 'inside' | 'after';
    readonly start: CalendarDate;
    readonly end: CalendarDate;
  };
  E3: { readonly birthday: CalendarDate; readonly since: CalendarDate };
  E4: { readonly holdingType: HoldingType; readonly cardRecordedOn: CalendarDate | null };
  E5: { readonly isCertificateSubmitted: boolean; readonly isPortalLinked: boolean };
  E6: { readonly credentialState: CredentialState };
  E7: { readonly ageAtPeriodEnd: number };
  notSuspended: { readonly suspendedUntil: CalendarDate | null };
}
export type ConditionId = keyof ConditionFacts;

export type Condition = {
  [Id in ConditionId]: {
    readonly id: Id;
    /** Where the condition comes from, as Japanese law is cited. */
    readonly article: string;
    readonly holds: boolean;
    readonly facts: ConditionFacts[Id];
  };
}[ConditionId];

export interface Eligibility {
  readonly isEligible: boolean;
  /** All of them, in the order in which they are explained. */
  readonly conditions: readonly Condition[];
  readonly period: RenewalPeriod & { readonly isAsComputed: boolean };
}

function positionIn(period: RenewalPeriod, today: CalendarDate): ConditionFacts['E2']['state'] {
  if (today < period.start) return 'before';
  return today <= period.end ? 'inside' : 'after';
}

const hasHappened = (on: CalendarDate | null, today: CalendarDate): boolean => on !== null && on <= today;

/**
 * オンライン更新時講習 may be taken when every condition holds today (a day in Japan). An early renewal (法101条の2) is not
 * offered online. `holidays` are the national holidays as 'YYYY-MM-DD'.
 */
export function assessEligibility(
  driver: RegisteredDriver,
  today: CalendarDate,
  credentialState: CredentialState,
  holidays: ReadonlySet<string>,
): Eligibility {
  const period = renewalPeriod(driver.birthDate, driver.expiryDate, holidays);
  const state = positionIn(period, today);
  const { holdingType, cardRecordedOn, suspendedUntil } = driver;
  const isCertificateSubmitted = hasHappened(driver.signingCertificateSubmittedOn, today);
  const isPortalLinked = hasHappened(driver.portalLinkedOn, today);
  const ageAtPeriodEnd = ageOn(driver.birthDate, period.end);

  const conditions: Condition[] = [
    {
      id: 'E7',
      article: '道路交通法101条の4第1項',
      holds: ageAtPeriodEnd < SENIOR_AGE_YEARS,
      facts: { ageAtPeriodEnd },
    },
    {
      id: 'E1',
      article: '道路交通法108条の2第1項11号、同法施行規則38条11項1号',
      holds: isOnlineLectureClass(driver.lectureClass),
      facts: { lectureClass: driver.lectureClass },
    },
    {
      id: 'E2',
      article: '道路交通法101条1項・2項、95条の6第3項',
      holds: state === 'inside',
      facts: { state, start: period.start, end: period.end },
    },
    {
      id: 'E3',
      article: '令和4年法律32号(令和7年3月24日施行)',
      holds: period.birthday >= ONLINE_LECTURE_SINCE,
      facts: { birthday: period.birthday, since: ONLINE_LECTURE_SINCE },
    },
    {
      id: 'E4',
      article: '令和4年法律32号、令和6年内閣府令97号',
      holds: holdingType !== 'cardOnly' && hasHappened(cardRecordedOn, today),
      facts: { holdingType, cardRecordedOn },
    },
    {
      id: 'E5',
      article: '免許関係サービスの利用条件(署名用電子証明書の提出、初回連携手続)',
      holds: isCertificateSubmitted && isPortalLinked,
      facts: { isCertificateSubmitted, isPortalLinked },
    },
    {
      id: 'E6',
      article: '免許関係サービスの利用条件(有効な電子証明書)',
      holds: credentialState === 'valid',
      facts: { credentialState },
    },
    {
      id: 'notSuspended',
      article: '道路交通法103条',
      holds: suspendedUntil === null || suspendedUntil < today,
      facts: { suspendedUntil },
    },
  ];
  return { isEligible: conditions.every((condition) => condition.holds), conditions, period };
}
