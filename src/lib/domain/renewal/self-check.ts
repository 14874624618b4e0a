import type { CalendarDate } from './calendar.ts';
import { yearOf } from './calendar.ts';
import { assessEligibility, type Condition, type Eligibility, type RegisteredDriver } from './eligibility.ts';
import type { HoldingType, LectureClass } from './lecture-class.ts';
import { computeRenewalPeriod } from './period.ts';

/** How far the link with Mynaportal has come: 署名用電子証明書 submitted to the police, then 初回連携手続 on Mynaportal. */
export const LINK_STEPS = ['done', 'submitted', 'none'] as const;
export type LinkStep = (typeof LINK_STEPS)[number];

/** What somebody says of himself, without signing in: what stands on his postcard and his licence. */
export interface Declared {
  readonly birthDate: CalendarDate;
  /** `unknown`: the postcard has not come or is not at hand. */
  readonly lectureClass: LectureClass | 'unknown';
  readonly holdingType: HoldingType;
  readonly link: LinkStep;
  /** Null: not known; then the nearest renewal that is not over is meant. */
  readonly expiryDate: CalendarDate | null;
}

/**
 * What comes of it: he may now; he may if the postcard says so; he may when the period begins; he may once the card is made ready; only the
 * lecture in person; the lecture for seniors; or the period is over.
 */
export type Outlook = 'now' | 'ifClass' | 'later' | 'prepare' | 'inPerson' | 'senior' | 'over';

export interface SelfCheck {
  readonly outlook: Outlook;
  /** What was asked for, what fails first; certificate and suspension are not asked, for only the sign-in can tell. */
  readonly conditions: readonly Condition[];
  readonly period: Eligibility['period'];
  readonly isExpiryAssumed: boolean;
  /** Expiry by law from the birth date, where what was written differs from it. */
  readonly expectedExpiry: CalendarDate | null;
  readonly isClassKnown: boolean;
}

/** Not asked without signing in: read from the card, and from the register. */
const NOT_ASKED: ReadonlySet<Condition['id']> = new Set(['E6', 'notSuspended']);

/** The expiry date of the first renewal period around a birthday that is not over today. */
export function nearestExpiry(
  birthDate: CalendarDate,
  today: CalendarDate,
  holidays: ReadonlySet<string>,
): CalendarDate {
  const year = yearOf(today);
  const open = [year - 1, year, year + 1]
    .map((renewalYear) => computeRenewalPeriod(birthDate, renewalYear, holidays))
    .find(({ end }) => end >= today);
  if (!open) throw new RangeError(`no renewal period after ${today}`);
  return open.expiryDate;
}

/** The driver that the register would have to know for this to be true today. */
function asRegistered(declared: Declared, expiryDate: CalendarDate, today: CalendarDate): RegisteredDriver {
  const { birthDate, lectureClass, holdingType, link } = declared;
  return {
    birthDate,
    // Whatever the class is, the other conditions are the same.
    lectureClass: lectureClass === 'unknown' ? 'excellent' : lectureClass,
    holdingType,
    cardRecordedOn: holdingType === 'cardOnly' ? null : today,
    expiryDate,
    signingCertificateSubmittedOn: link === 'none' ? null : today,
    portalLinkedOn: link === 'done' ? today : null,
    suspendedUntil: null,
  };
}

function outlookOf(conditions: readonly Condition[], isClassKnown: boolean): Outlook {
  const failing = new Map(conditions.filter(({ holds }) => !holds).map((failed) => [failed.id, failed]));
  const period = failing.get('E2');
  const lecture = failing.get('E1');
  if (period?.id === 'E2' && period.facts.state === 'after') return 'over';
  const isSenior = lecture?.id === 'E1' && lecture.facts.lectureClass === 'senior';
  if (failing.has('E7') || isSenior) return 'senior';
  if (lecture || failing.has('E3')) return 'inPerson';
  if (failing.has('E4') || failing.has('E5')) return 'prepare';
  if (period) return 'later';
  return isClassKnown ? 'now' : 'ifClass';
}

/**
 * The conditions by which an online lecture is decided after sign-in (eligibility.ts), for what somebody says of himself. `holidays` are the
 * national holidays as 'YYYY-MM-DD'.
 */
export function selfCheck(declared: Declared, today: CalendarDate, holidays: ReadonlySet<string>): SelfCheck {
  const expiryDate = declared.expiryDate ?? nearestExpiry(declared.birthDate, today, holidays);
  const driver = asRegistered(declared, expiryDate, today);
  const { conditions, period } = assessEligibility(driver, today, 'valid', holidays);
  const isClassKnown = declared.lectureClass !== 'unknown';
  const asked = conditions.filter(({ id }) => !NOT_ASKED.has(id) && (isClassKnown || id !== 'E1'));
  return {
    outlook: outlookOf(asked, isClassKnown),
    conditions: [...asked.filter(({ holds }) => !holds), ...asked.filter(({ holds }) => holds)],
    period,
    isExpiryAssumed: declared.expiryDate === null,
    expectedExpiry: period.isAsComputed ? null : computedExpiry(driver.birthDate, period.birthday, holidays),
    isClassKnown,
  };
}

const computedExpiry = (birthDate: CalendarDate, birthday: CalendarDate, holidays: ReadonlySet<string>) =>
  computeRenewalPeriod(birthDate, yearOf(birthday), holidays).expiryDate;
