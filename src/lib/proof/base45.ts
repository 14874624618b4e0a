/** The 45 characters of a QR code's alphanumeric mode, in the order of their values (RFC 9285 §4.2). */
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const BASE = ALPHABET.length;
const VALUES: ReadonlyMap<string, number> = new Map([...ALPHABET].map((letter, value) => [letter, value]));
const BYTE = 256;

/** Two bytes become three characters, one that is left over two (RFC 9285 §4). */
export function encodeBase45(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 2) {
    const first = bytes[at]!;
    const second = bytes[at + 1];
    text += second === undefined ? written(first, 2) : written(first * BYTE + second, 3);
  }
  return text;
}

/** The bytes, or null for what no encoder writes: another character, a length that cannot be, a group above its largest value. */
export function decodeBase45(text: string): Uint8Array<ArrayBuffer> | null {
  const values = [...text].map((letter) => VALUES.get(letter) ?? Number.NaN);
  if (values.length % 3 === 1 || values.some(Number.isNaN)) return null;
  const bytes: number[] = [];
  for (let at = 0; at < values.length; at += 3) {
    const group = values.slice(at, at + 3);
    const value = group.reduceRight((sum, digit) => sum * BASE + digit, 0);
    if (value >= (group.length === 3 ? BYTE * BYTE : BYTE)) return null;
    if (group.length === 3) bytes.push(Math.floor(value / BYTE));
    bytes.push(value % BYTE);
  }
  return Uint8Array.from(bytes);
}

function written(value: number, length: number): string {
  let text = '';
  let rest = value;
  for (let place = 0; place < length; place += 1) {
    text += ALPHABET.charAt(rest % BASE);
    rest = Math.floor(rest / BASE);
  }
  return text;
}
