import { addMonths, type CalendarDate } from '#lib/domain/renewal/calendar.ts';
import { HOLDING_TYPES } from '#lib/domain/renewal/lecture-class.ts';
import { LINK_STEPS, type Declared } from '#lib/domain/renewal/self-check.ts';
import { isBlank, readWrittenDate, YEAR_COUNTS, type WrittenDate } from '#lib/domain/renewal/written-date.ts';

export const CHECK_FIELDS = ['birth', 'lectureClass', 'holdingType', 'link', 'expiry'] as const;
export type CheckField = (typeof CHECK_FIELDS)[number];

export const DECLARED_CLASSES = [
  'excellent',
  'general',
  'violation',
  'firstRenewal',
  'senior',
  'unknown',
] as const satisfies readonly Declared['lectureClass'][];

/** As it was written, to be shown again. */
export interface WrittenCheck {
  readonly birth: WrittenDate;
  readonly expiry: WrittenDate;
  readonly lectureClass: string;
  readonly holdingType: string;
  readonly link: string;
}

export interface ReadCheck {
  readonly written: WrittenCheck;
  /** Null when something is missing or cannot be. */
  readonly declared: Declared | null;
  readonly faults: readonly CheckField[];
}

const YOUNGEST_MONTHS = 16 * 12; // 道路交通法88条1項1号: the youngest licence is had at sixteen
const OLDEST_MONTHS = 120 * 12;
/** A licence is valid for five years at most, and a month on either side of the birthday. */
const EXPIRY_AHEAD_MONTHS = 6 * 12;
const EXPIRY_AGO_MONTHS = 5 * 12;

const TEXT_MAX_LENGTH = 10;
const textOf = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value.slice(0, TEXT_MAX_LENGTH) : '';
};

function writtenDate(form: FormData, name: 'birth' | 'expiry'): WrittenDate {
  const count = textOf(form, `${name}Count`);
  return {
    count: YEAR_COUNTS.find((known) => known === count) ?? 'western',
    year: textOf(form, `${name}Year`),
    month: textOf(form, `${name}Month`),
    day: textOf(form, `${name}Day`),
  };
}

function readBetween(
  written: WrittenDate,
  earliest: CalendarDate,
  latest: CalendarDate,
): CalendarDate | null {
  const date = readWrittenDate(written);
  return date !== null && date >= earliest && date <= latest ? date : null;
}

const choiceOf = <T extends string>(choices: readonly T[], written: string): T | undefined =>
  choices.find((choice) => choice === written);

/** The form of the check, for today. Says of each field that is missing or cannot be that it is, and throws nothing. */
export function readCheckForm(form: FormData, today: CalendarDate): ReadCheck {
  const written = {
    birth: writtenDate(form, 'birth'),
    expiry: writtenDate(form, 'expiry'),
    lectureClass: form.get('lectureClass'),
    holdingType: form.get('holdingType'),
    link: form.get('link'),
  };
  const birthDate = readBetween(
    written.birth,
    addMonths(today, -OLDEST_MONTHS),
    addMonths(today, -YOUNGEST_MONTHS),
  );
  const lectureClass = choiceOf(DECLARED_CLASSES, String(written.lectureClass));
  const holdingType = choiceOf(HOLDING_TYPES, String(written.holdingType));
  const link = choiceOf(LINK_STEPS, String(written.link));
  const isExpiryLeftOut = isBlank(written.expiry);
  const expiryDate = readBetween(
    written.expiry,
    addMonths(today, -EXPIRY_AGO_MONTHS),
    addMonths(today, EXPIRY_AHEAD_MONTHS),
  );
  const isWrong: Record<CheckField, boolean> = {
    birth: birthDate === null,
    lectureClass: lectureClass === undefined,
    holdingType: holdingType === undefined,
    link: link === undefined,
    expiry: expiryDate === null && !isExpiryLeftOut,
  };
  const faults = CHECK_FIELDS.filter((field) => isWrong[field]);
  const shown = {
    ...written,
    lectureClass: lectureClass ?? '',
    holdingType: holdingType ?? '',
    link: link ?? '',
  };
  if (birthDate === null || !lectureClass || !holdingType || !link || faults.length > 0)
    return { written: shown, declared: null, faults };
  return { written: shown, declared: { birthDate, lectureClass, holdingType, link, expiryDate }, faults };
}
