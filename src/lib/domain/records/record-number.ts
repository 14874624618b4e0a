import { Refusal } from '../refusal.ts';

/**
 * The number of a completion record: `K`, two digits of the year in Japan, eight random digits, and a check character by
 * ISO/IEC 7064 MOD 37-2, which finds every single wrong character and every swap of neighbours. People see it in groups: `K26-4821-0937-X`.
 */
export type RecordNumber = string;

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*';
const MODULUS = 37;
const RADIX = 2;
const PAYLOAD = /^K\d{10}$/;
const WHOLE = /^K\d{10}[0-9A-Z*]$/;
const RANDOM_DIGITS = 8;

/** How many different numbers a year has; draw from `0` to one less. */
export const RECORD_NUMBERS_PER_YEAR = 10 ** RANDOM_DIGITS;

function checkCharacter(payload: string): string {
  let remainder = 0;
  for (const character of payload) remainder = ((remainder + ALPHABET.indexOf(character)) * RADIX) % MODULUS;
  return ALPHABET[(MODULUS + 1 - remainder) % MODULUS]!;
}

/** The number for the `drawn` (0 ≤ drawn < RECORD_NUMBERS_PER_YEAR) of this year in Japan. */
export function makeRecordNumber(year: number, drawn: number): RecordNumber {
  const payload = `K${String(year % 100).padStart(2, '0')}${String(drawn).padStart(RANDOM_DIGITS, '0')}`;
  if (!PAYLOAD.test(payload)) throw new RangeError(`no record number for ${year}, ${drawn}`);
  return payload + checkCharacter(payload);
}

/**
 * Reads a number as people type it: small letters, spaces, hyphens of every kind, full-width characters. Refused as
 * `record_number_invalid` when its form or its check character is wrong.
 */
export function parseRecordNumber(text: string): RecordNumber {
  const number = text.normalize('NFKC').toUpperCase().replace(/[\s\-‐-―−ー]/g, '');
  if (!WHOLE.test(number) || checkCharacter(number.slice(0, -1)) !== number.at(-1)) {
    throw new Refusal('record_number_invalid');
  }
  return number;
}

/** In groups, for reading aloud: `K26-4821-0937-X`. */
export function formatRecordNumber(number: RecordNumber): string {
  return `${number.slice(0, 3)}-${number.slice(3, 7)}-${number.slice(7, 11)}-${number.slice(11)}`;
}
