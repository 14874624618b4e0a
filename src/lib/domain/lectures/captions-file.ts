import type { CaptionsFaultKind } from './captions.ts';

const UTF16_MARKS = [
  [0xff, 0xfe],
  [0xfe, 0xff],
];
const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

function decode(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/**
 * The text of a captions file, which WebVTT wants in UTF-8 (§4; a byte order mark is taken off), or what it is instead: the encodings in which Japanese
 * programs like to save are told by their names.
 */
export function decodeCaptions(
  bytes: Uint8Array,
):
  | { readonly text: string }
  | { readonly fault: Extract<CaptionsFaultKind, 'encoding' | 'shiftJis' | 'utf16'> } {
  if (UTF16_MARKS.some((mark) => mark.every((byte, index) => bytes[index] === byte)))
    return { fault: 'utf16' };
  const text = decode(bytes, 'utf-8');
  if (text !== null) return { text };
  const isShiftJis = JAPANESE.test(decode(bytes, 'shift_jis') ?? '');
  return { fault: isShiftJis ? 'shiftJis' : 'encoding' };
}
