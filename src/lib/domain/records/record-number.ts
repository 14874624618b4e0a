import { Refusal } from '../refusal.ts';

/**
 * The number of a completion record: `K`, two digits of the year, eight that are drawn by lot, one check digit; kept without
 * separators (`K26123456789`). Only digits after the K, so that it can be typed on a number pad and is never taken for a licence
 * number (12 digits).
 */
export type RecordNumber = string;

const SERIAL_DIGITS = 8;
const DIGITS = 2 + SERIAL_DIGITS + 1;
/** How many different numbers a year has; draw from 0 to one less. */
export const RECORD_NUMBERS_PER_YEAR = 10 ** SERIAL_DIGITS;

/**
 * The quasigroup of order 10 by which H. Michael Damm's check digit is made (Total anti-symmetrische Quasigruppen, 2004): it
 * finds every single wrong digit and every swap of two neighbours.
 */
const QUASIGROUP = [
  [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
  [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
  [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
  [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
  [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
  [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
  [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
  [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
  [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
  [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
] as const;

/** 0 for digits that end with their right check digit. */
export function damm(digits: string): number {
  return [...digits].reduce((interim, digit) => QUASIGROUP[interim]![Number(digit)]!, 0);
}

/** The number for the `drawn` (0 ≤ drawn < RECORD_NUMBERS_PER_YEAR) of this year in Japan. */
export function makeRecordNumber(year: number, drawn: number): RecordNumber {
  const body = String(year % 100).padStart(2, '0') + String(drawn).padStart(SERIAL_DIGITS, '0');
  if (!/^\d{10}$/.test(body)) throw new RangeError(`no record number for ${year}, ${drawn}`);
  return `K${body}${damm(body)}`;
}

/** Whether somebody means a record number: the K, or as many digits as one has. It may still be a wrong one. */
export function looksLikeRecordNumber(text: string): boolean {
  const plain = withoutSeparators(text);
  return plain.startsWith('K') || (/^\d+$/.test(plain) && plain.length === DIGITS);
}

/**
 * As people type it: spaces, hyphens of every kind, full-width characters, small letters, and without the K. Refused as
 * `record_number_invalid` when it is none, as `record_check_digit` when a digit is wrong or two have changed places.
 */
export function parseRecordNumber(text: string): RecordNumber {
  const digits = withoutSeparators(text).replace(/^K/, '');
  if (!/^\d+$/.test(digits) || digits.length !== DIGITS) throw new Refusal('record_number_invalid');
  if (damm(digits) !== 0) throw new Refusal('record_check_digit');
  return `K${digits}`;
}

/** In groups, for reading aloud: `K26-1234-5678-9`. */
export function formatRecordNumber(number: RecordNumber): string {
  return `${number.slice(0, 3)}-${number.slice(3, 7)}-${number.slice(7, 11)}-${number.slice(11)}`;
}

function withoutSeparators(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s\-‐-―−ー]/g, '');
}
