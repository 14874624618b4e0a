import { addDays, birthdayIn, isLeapYear, yearOf, type CalendarDate } from '#lib/domain/renewal/calendar.ts';
import { computeRenewalPeriod } from '#lib/domain/renewal/period.ts';
import type { RegisterRow } from '#lib/server/register/register-columns.ts';

/** What is special about a named person. */
export interface Situation {
  readonly ageAtBirthday: number;
  /** Days from today to the birthday of the renewal; within ±20 today is inside the period. */
  readonly birthdayInDays: number;
  readonly changes?: Partial<RegisterRow>;
}

/** Nobody is born on 29 February of a common year: then the 28th. */
function bornBefore(birthday: CalendarDate, years: number): CalendarDate {
  const year = yearOf(birthday) - years;
  const monthAndDay = birthday.slice(5) === '02-29' && !isLeapYear(year) ? '02-28' : birthday.slice(5);
  return `${year}-${monthAndDay}`;
}

const NO_HOLIDAYS: ReadonlySet<string> = new Set();

/** What the register says of somebody in that situation on that day; in order unless `changes` says otherwise. */
export function registerRow(
  today: CalendarDate,
  { number, name, ...situation }: Situation & { readonly number: number; readonly name: string },
): RegisterRow {
  const wanted = addDays(today, situation.birthdayInDays);
  const birthDate = bornBefore(wanted, situation.ageAtBirthday);
  const { expiryDate } = computeRenewalPeriod(birthDate, yearOf(wanted), NO_HOLIDAYS);
  return {
    // 99 is no commission's number.
    licenceNumber: `9900000000${String(number).padStart(2, '0')}`,
    name,
    birthDate,
    address: '神奈川県横浜市旭区見本町1-2-3',
    homeCommissionCode: 'kanagawa',
    lectureClass: 'excellent',
    classAsOf: addDays(birthdayIn(birthDate, yearOf(wanted)), -40),
    holdingType: 'both',
    cardRecordedOn: addDays(today, -400),
    expiryDate,
    signingCertificateSubmittedOn: addDays(today, -400),
    portalLinkedOn: addDays(today, -398),
    suspendedUntil: null,
    lapseKind: null,
    lapsedOn: null,
    ...situation.changes,
  };
}
