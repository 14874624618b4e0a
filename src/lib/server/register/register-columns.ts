import { isCalendarDate, type CalendarDate } from '#lib/domain/renewal/calendar.ts';
import type { HoldingType, LectureClass } from '#lib/domain/renewal/lecture-class.ts';
import type { LapseKind } from '#lib/domain/records/lapse.ts';
import { isLicenceNumber } from '#lib/domain/people/licence-number.ts';
import type { RegisterFaultCode } from './register-faults.ts';

/** What a cell is read against. */
export interface RegisterContext {
  readonly today: CalendarDate;
  readonly commissionCodeByName: ReadonlyMap<string, string>;
  /** Only this commission's drivers may stand in the file; null or nothing: all may. */
  readonly onlyCommissionCode?: string | null;
}

type Reading<T> = { readonly value: T } | { readonly fault: RegisterFaultCode };
type Reader<T> = (text: string, context: RegisterContext) => Reading<T>;

const NAME_MAX_LENGTH = 100;
const ADDRESS_MAX_LENGTH = 200;
const UNREADABLE = /[\p{Cc}\u{FFFD}]/u;

const words =
  (maxLength: number): Reader<string> =>
  (text) => {
    if (UNREADABLE.test(text)) return { fault: 'text_unreadable' };
    return text.length > maxLength ? { fault: 'text_too_long' } : { value: text };
  };

const licenceNumber: Reader<string> = (text) =>
  isLicenceNumber(text) ? { value: text } : { fault: 'licence_number_invalid' };

/** 2026-04-01, or 2026/4/1 as spreadsheets rewrite it. */
const date: Reader<CalendarDate> = (text) => {
  const match = /^(\d{4})([-/])(\d{1,2})\2(\d{1,2})$/.exec(text);
  if (!match) return { fault: 'date_malformed' };
  const [, year = '', , month = '', day = ''] = match;
  const value = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isCalendarDate(value) ? { value } : { fault: 'date_impossible' };
};

/** A day on which something has happened: not after today. */
const pastDate: Reader<CalendarDate> = (text, context) => {
  const reading = date(text, context);
  return 'value' in reading && reading.value > context.today ? { fault: 'date_in_future' } : reading;
};

const oneOf =
  <T extends string>(meanings: Readonly<Record<string, T>>): Reader<T> =>
  (text) => {
    const value = Object.hasOwn(meanings, text) ? meanings[text] : undefined;
    return value === undefined ? { fault: 'value_unknown' } : { value };
  };

const commission: Reader<string> = (text, { commissionCodeByName }) => {
  const value = commissionCodeByName.get(text);
  return value === undefined ? { fault: 'value_unknown' } : { value };
};

const required =
  <T>(read: Reader<T>): Reader<T> =>
  (text, context) =>
    text === '' ? { fault: 'value_missing' } : read(text, context);

const optional =
  <T>(read: Reader<T>): Reader<T | null> =>
  (text, context) =>
    text === '' ? { value: null } : read(text, context);

export const LECTURE_CLASS_BY_WORD = {
  優良: 'excellent',
  一般: 'general',
  違反: 'violation',
  初回: 'firstRenewal',
  高齢者: 'senior',
} as const satisfies Record<string, LectureClass>;

export const HOLDING_TYPE_BY_WORD = {
  免許証のみ: 'cardOnly',
  マイナ免許証のみ: 'mynaOnly',
  両方: 'both',
} as const satisfies Record<string, HoldingType>;

export const LAPSE_KIND_BY_WORD = {
  やむを得ない失効: 'unavoidable',
  病気による取消し: 'illnessRevocation',
  うっかり失効: 'careless',
} as const satisfies Record<string, LapseKind>;

/** The columns of a register file (docs/register-csv.md): all but the later ones, in any order, and no others. */
export const REGISTER_COLUMNS = {
  licenceNumber: { heading: '免許証番号', read: required(licenceNumber) },
  name: { heading: '氏名', read: required(words(NAME_MAX_LENGTH)) },
  birthDate: { heading: '生年月日', read: required(pastDate) },
  address: { heading: '住所', read: required(words(ADDRESS_MAX_LENGTH)) },
  homeCommissionCode: { heading: '住所地公安委員会', read: required(commission) },
  lectureClass: { heading: '講習区分', read: required(oneOf<LectureClass>(LECTURE_CLASS_BY_WORD)) },
  // The base date is 40 days before the birthday, so it may still be to come.
  classAsOf: { heading: '講習区分の基準日', read: required(date) },
  holdingType: { heading: '保有状況', read: required(oneOf<HoldingType>(HOLDING_TYPE_BY_WORD)) },
  cardRecordedOn: { heading: '免許情報記録日', read: optional(pastDate) },
  expiryDate: { heading: '有効期間の末日', read: required(date) },
  signingCertificateSubmittedOn: { heading: '署名用電子証明書提出日', read: optional(pastDate) },
  portalLinkedOn: { heading: '初回連携日', read: optional(pastDate) },
  suspendedUntil: { heading: '停止期間の末日', read: optional(date) },
  lapseKind: { heading: '失効等の区分', read: optional(oneOf<LapseKind>(LAPSE_KIND_BY_WORD)) },
  lapsedOn: { heading: '失効等の日', read: optional(pastDate) },
} as const;

export type RegisterField = keyof typeof REGISTER_COLUMNS;
export type RegisterRow = {
  readonly [Field in RegisterField]: (typeof REGISTER_COLUMNS)[Field]['read'] extends Reader<infer T>
    ? T
    : never;
};

/** Columns that came later: a file without them says nothing of lapses. */
export const LATER_FIELDS: ReadonlySet<RegisterField> = new Set(['lapseKind', 'lapsedOn']);

export const REGISTER_FIELDS = Object.keys(REGISTER_COLUMNS) as readonly RegisterField[];
export const headingOf = (field: RegisterField): string => REGISTER_COLUMNS[field].heading;
