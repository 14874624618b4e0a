import { damm } from '../records/record-number.ts';

/**
 * 受付番号 of a first link: `L`, seven digits that are drawn by lot, one check digit; kept without separators (`L12345678`). It opens
 * nothing by itself: it is what a person says at the counter.
 */
export type ReceiptNumber = string;

/** How many different numbers there are; draw from 0 to one less. */
export const RECEIPT_NUMBERS = 10 ** 7;

export function makeReceiptNumber(drawn: number): ReceiptNumber {
  const body = String(drawn).padStart(7, '0');
  if (!/^\d{7}$/.test(body)) throw new RangeError(`no receipt number for ${drawn}`);
  return `L${body}${damm(body)}`;
}

/** As people type it: spaces, hyphens, full-width characters, a small letter or none. Undefined when a digit is missing or wrong. */
export function readReceiptNumber(text: string): ReceiptNumber | undefined {
  const digits = text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s\-‐-―−ー]/g, '')
    .replace(/^L/, '');
  return /^\d{8}$/.test(digits) && damm(digits) === 0 ? `L${digits}` : undefined;
}

/** In groups, for reading aloud: `L1234-5678`. */
export function formatReceiptNumber(number: ReceiptNumber): string {
  return `${number.slice(0, 5)}-${number.slice(5)}`;
}
