import { readLicenceNumber, type LicenceNumber } from '../people/licence-number.ts';
import { looksLikeRecordNumber } from './record-number.ts';

/** What an officer's one field holds, before anybody is asked about it. */
export type Scan =
  | { readonly kind: 'nothing' }
  /** Perhaps with a wrong check digit: `parseRecordNumber` says so. */
  | { readonly kind: 'recordNumber'; readonly text: string }
  | { readonly kind: 'licenceNumber'; readonly licenceNumber: LicenceNumber }
  /** The text of a QR of ours; only its signature says whether it is a true one. */
  | { readonly kind: 'proof'; readonly text: string }
  /** A QR, but of something else. */
  | { readonly kind: 'foreign' }
  /** Keystrokes that became Japanese syllables: they cannot be read back. */
  | { readonly kind: 'inputMethodOn' }
  | { readonly kind: 'unreadable' };

/** No number that somebody types is so long; what is longer comes from a scanner. */
const TYPED_MAX_LENGTH = 40;

/** What Japanese keyboards and input methods write for a character of Base45, beside its full-width form. */
const WRITTEN_OTHERWISE: Readonly<Record<string, string>> = {
  '。': '.',
  '・': '/',
  ー: '-',
  '−': '-',
  '‐': '-',
  '–': '-',
  '—': '-',
  '―': '-',
  '〜': '~',
  '’': "'",
  '”': '"',
  '“': '"',
};

/**
 * A scanner that types as a keyboard presses keys; what they write depends on the keyboard that the computer believes in. The character
 * after `KOSHU1` has to be a colon, and tells which it is: a US scanner at a Japanese computer (JIS X 6002), or the other way round.
 */
const KEYBOARDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '+': { '+': ':', '(': '*', '~': '+' },
  "'": { "'": ':', '"': '*', ':': '+' },
};

/** What other QR begin with: an address, or the name of their kind (RFC 3986 §3.1). */
const ADDRESS = /^\s*[a-z][a-z0-9+.-]*:/i;
const SYLLABLE = /[ぁ-んァ-ヶ]/u;
const PREFIX = 'KOSHU1';
const PROOF = /^KOSHU1:[0-9A-Z $%*+\-./:]+$/;

/**
 * Reads what was typed, or what a scanner typed: full-width and small letters, another keyboard's signs, and the line end of the scanner
 * are forgiven. Spaces inside a QR's text belong to it (Base45, RFC 9285 §4.2).
 */
export function readScan(typed: string): Scan {
  const text = withoutInputMethod(typed).replaceAll(/[\r\n\t]/g, '');
  if (text.trim() === '') return { kind: 'nothing' };
  const start = text.toUpperCase().indexOf(PREFIX);
  if (start >= 0 && text.slice(0, start).trim() === '') return readProof(text.toUpperCase().slice(start));
  if (ADDRESS.test(text) || (text.length > TYPED_MAX_LENGTH && !SYLLABLE.test(text)))
    return { kind: 'foreign' };
  if (looksLikeRecordNumber(text)) return { kind: 'recordNumber', text };
  const licenceNumber = readLicenceNumber(text);
  if (licenceNumber !== undefined) return { kind: 'licenceNumber', licenceNumber };
  return { kind: SYLLABLE.test(text) ? 'inputMethodOn' : 'unreadable' };
}

function readProof(text: string): Scan {
  const signs = KEYBOARDS[text.charAt(PREFIX.length)];
  const meant = signs === undefined ? text : [...text].map((sign) => signs[sign] ?? sign).join('');
  if (SYLLABLE.test(meant)) return { kind: 'inputMethodOn' };
  return PROOF.test(meant) ? { kind: 'proof', text: meant } : { kind: 'foreign' };
}

function withoutInputMethod(typed: string): string {
  return [...typed.normalize('NFKC')].map((sign) => WRITTEN_OTHERWISE[sign] ?? sign).join('');
}
