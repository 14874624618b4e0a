import { parseRecordNumber, type RecordNumber } from '#lib/domain/records/record-number.ts';
import { addDays, isCalendarDate, type CalendarDate } from '#lib/domain/renewal/calendar.ts';
import type { OnlineLectureClass } from '#lib/domain/renewal/lecture-class.ts';
import { decodeCbor, encodeCbor, type Bytes } from './cose-sign1.ts';
import { PERSON_CHECK_BYTES } from './person-check.ts';

/** What a signed proof says of a completion record: no name, no licence number, no birth date. */
export interface ProofClaims {
  readonly recordNumber: RecordNumber;
  readonly lectureClass: OnlineLectureClass;
  readonly periodStart: CalendarDate;
  readonly periodEnd: CalendarDate;
  /** In whole seconds. */
  readonly issuedAt: Date;
  readonly editionNumber: number;
  readonly commissionCode: string;
  /** A UUID. */
  readonly attendanceId: string;
  /** person-check.ts */
  readonly personCheck: Uint8Array;
}

/** The keys of the map. A number that was given away keeps its meaning; a new claim gets a new one. */
const KEY = {
  recordNumber: 1,
  lectureClass: 2,
  periodStart: 3,
  periodEnd: 4,
  issuedAt: 5,
  editionNumber: 6,
  commissionCode: 7,
  attendanceId: 8,
  personCheck: 9,
} as const;
const COUNT = Object.keys(KEY).length;

const CLASSES: ReadonlyMap<number, OnlineLectureClass> = new Map([
  [1, 'excellent'],
  [2, 'general'],
]);
const EPOCH = '1970-01-01';
const DAY_MS = 24 * 3_600_000;
const SECOND_MS = 1_000;
const UUID_BYTES = 16;
const RECORD_DIGITS = 11;
/** The last day that is a CalendarDate (9999-12-31), in days since the epoch. */
const LAST_DAY = 2_932_896;
const COMMISSION_CODE = /^[a-z]{1,20}$/;

export function encodeClaims(claims: ProofClaims): Bytes {
  const lectureClass = [...CLASSES].find(([, name]) => name === claims.lectureClass)?.[0];
  return encodeCbor(
    new Map<number, unknown>([
      [KEY.recordNumber, Number(claims.recordNumber.slice(1))],
      [KEY.lectureClass, lectureClass],
      [KEY.periodStart, dayNumber(claims.periodStart)],
      [KEY.periodEnd, dayNumber(claims.periodEnd)],
      [KEY.issuedAt, Math.floor(claims.issuedAt.getTime() / SECOND_MS)],
      [KEY.editionNumber, claims.editionNumber],
      [KEY.commissionCode, claims.commissionCode],
      [KEY.attendanceId, bytesOfUuid(claims.attendanceId)],
      [KEY.personCheck, claims.personCheck],
    ]),
  );
}

/** The claims of a payload, or null for one that we do not write. */
export function decodeClaims(payload: Uint8Array): ProofClaims | null {
  const map = decodeCbor(payload);
  if (!(map instanceof Map) || map.size !== COUNT) return null;
  const value = (key: number): unknown => map.get(key);
  const claims = {
    recordNumber: recordNumberOf(value(KEY.recordNumber)),
    lectureClass: CLASSES.get(value(KEY.lectureClass) as number),
    periodStart: dateOf(value(KEY.periodStart)),
    periodEnd: dateOf(value(KEY.periodEnd)),
    issuedAt: secondOf(value(KEY.issuedAt)),
    editionNumber: countOf(value(KEY.editionNumber)),
    commissionCode: commissionOf(value(KEY.commissionCode)),
    attendanceId: uuidOf(value(KEY.attendanceId)),
    personCheck: checkOf(value(KEY.personCheck)),
  };
  return Object.values(claims).includes(undefined) ? null : (claims as ProofClaims);
}

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

const dayNumber = (date: CalendarDate): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS;

function dateOf(value: unknown): CalendarDate | undefined {
  const date = isWhole(value) && value <= LAST_DAY ? addDays(EPOCH, value) : '';
  return isCalendarDate(date) ? date : undefined;
}

function secondOf(value: unknown): Date | undefined {
  return isWhole(value) && value <= LAST_DAY * (DAY_MS / SECOND_MS) ? new Date(value * SECOND_MS) : undefined;
}

function recordNumberOf(value: unknown): RecordNumber | undefined {
  if (!isWhole(value)) return undefined;
  try {
    return parseRecordNumber(String(value).padStart(RECORD_DIGITS, '0'));
  } catch {
    return undefined;
  }
}

const countOf = (value: unknown) => (isWhole(value) && value > 0 ? value : undefined);
const commissionOf = (value: unknown) =>
  typeof value === 'string' && COMMISSION_CODE.test(value) ? value : undefined;
const checkOf = (value: unknown) =>
  value instanceof Uint8Array && value.length === PERSON_CHECK_BYTES ? Uint8Array.from(value) : undefined;

function bytesOfUuid(uuid: string): Bytes {
  const pairs = uuid.replaceAll('-', '').match(/../g) ?? [];
  return Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16));
}

function uuidOf(value: unknown): string | undefined {
  if (!(value instanceof Uint8Array) || value.length !== UUID_BYTES) return undefined;
  const hex = Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
