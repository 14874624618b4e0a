import { Refusal } from '#lib/domain/refusal.ts';

/**
 * A strict reader of DER (X.690 §10 and §11), as far as certificates and revocation lists need it. It never recurses, never reads
 * beyond the bounds it was given, and refuses every encoding that is not the one that DER allows.
 */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
  context0: 0xa0,
  context1: 0xa1,
  context2: 0xa2,
  context3: 0xa3,
  primitiveContext0: 0x80,
  primitiveContext1: 0x81,
  primitiveContext2: 0x82,
} as const;

const MAX_LENGTH_OCTETS = 4;
const MAX_OID_BYTES = 64;
const DER_TRUE = 0xff;
const DIGIT_0 = 0x30;
const LETTER_Z = 0x5a;

/** Where one element lies: `start` is its tag, its content is `contentStart` to `end`. Offsets into the bytes it was read from. */
export interface DerElement {
  readonly tag: number;
  readonly start: number;
  readonly contentStart: number;
  readonly end: number;
}

export function malformed(reason: string): Refusal {
  return new Refusal('certificate_malformed', { reason });
}

/** Reads the tag and the length at `offset`; refuses long tags, indefinite or padded lengths, and contents that pass `limit`. */
export function readElement(bytes: Uint8Array, offset: number, limit: number): DerElement {
  const tag = bytes[offset];
  const first = bytes[offset + 1];
  if (limit > bytes.length || offset + 2 > limit || tag === undefined || first === undefined)
    throw malformed('cut_off');
  if ((tag & 0x1f) === 0x1f) throw malformed('long_tag');
  let contentStart = offset + 2;
  let length = first;
  if (first >= 0x80) {
    const octets = first & 0x7f;
    if (octets === 0 || octets > MAX_LENGTH_OCTETS) throw malformed('length_form');
    if (contentStart + octets > limit) throw malformed('cut_off');
    length = 0;
    for (let index = 0; index < octets; index++) length = length * 256 + (bytes[contentStart + index] ?? 0);
    if (length < 0x80 || length < 256 ** (octets - 1)) throw malformed('length_padded');
    contentStart += octets;
  }
  if (contentStart + length > limit) throw malformed('cut_off');
  return { tag, start: offset, contentStart, end: contentStart + length };
}

/** Reads the elements between two offsets one after the other. */
export class DerReader {
  readonly bytes: Buffer;
  readonly #end: number;
  #offset: number;

  constructor(bytes: Buffer, start = 0, end = bytes.length) {
    this.bytes = bytes;
    this.#offset = start;
    this.#end = end;
  }

  get hasMore(): boolean {
    return this.#offset < this.#end;
  }

  /** The next element, which must carry this tag. */
  next(tag: number): DerElement {
    const element = readElement(this.bytes, this.#offset, this.#end);
    if (element.tag !== tag) throw malformed('unexpected_tag');
    this.#offset = element.end;
    return element;
  }

  /** The next element when it carries this tag, else nothing is read. */
  optional(tag: number): DerElement | null {
    return this.hasMore && this.bytes[this.#offset] === tag ? this.next(tag) : null;
  }

  /** The next element whatever its tag. */
  any(): DerElement {
    const element = readElement(this.bytes, this.#offset, this.#end);
    this.#offset = element.end;
    return element;
  }

  enter(element: DerElement): DerReader {
    return new DerReader(this.bytes, element.contentStart, element.end);
  }

  /** Must be called when a structure is read: whatever is left over was not understood. */
  finish(): void {
    if (this.hasMore) throw malformed('trailing_bytes');
  }

  /** Tag, length and content. */
  whole(element: DerElement): Buffer {
    return this.bytes.subarray(element.start, element.end);
  }

  content(element: DerElement): Buffer {
    return this.bytes.subarray(element.contentStart, element.end);
  }
}

/** A positive INTEGER as lower-case hexadecimal without leading zero bytes; the form in which serial numbers are kept. */
export function positiveInteger(content: Buffer): string {
  const [first, second] = content;
  if (first === undefined) throw malformed('integer_empty');
  if (first >= 0x80) throw malformed('integer_negative');
  if (first !== 0) return content.toString('hex');
  if (second === undefined) return '00';
  if (second < 0x80) throw malformed('integer_padded');
  return content.toString('hex', 1);
}

/** BOOLEAN with DEFAULT FALSE: DER writes only TRUE, as 0xFF. */
export function trueBoolean(content: Buffer): true {
  if (content.length !== 1 || content[0] !== DER_TRUE) throw malformed('boolean');
  return true;
}

/** OBJECT IDENTIFIER in dotted form. */
export function objectIdentifier(content: Buffer): string {
  if (content.length === 0 || content.length > MAX_OID_BYTES) throw malformed('oid_length');
  let dotted = '';
  let arc = 0;
  let isFirstOctet = true;
  for (let index = 0; index < content.length; index++) {
    const octet = content[index] ?? 0;
    if (isFirstOctet && octet === 0x80) throw malformed('oid_padded');
    if (arc > 2 ** 45) throw malformed('oid_arc');
    arc = arc * 128 + (octet & 0x7f);
    isFirstOctet = octet < 0x80;
    if (!isFirstOctet) continue;
    // The first number holds two arcs.
    const root = Math.min(Math.floor(arc / 40), 2);
    dotted = dotted === '' ? `${root}.${arc - root * 40}` : `${dotted}.${arc}`;
    arc = 0;
  }
  if (!isFirstOctet) throw malformed('oid_cut_off');
  return dotted;
}

/** BIT STRING: its octets, and how many bits of the last one do not count (they must be zero). */
export function bitString(content: Buffer): { octets: Buffer; unusedBits: number } {
  const unusedBits = content[0];
  const octets = content.subarray(1);
  if (unusedBits === undefined || unusedBits > 7 || (octets.length === 0 && unusedBits > 0))
    throw malformed('bit_string');
  if (((octets.at(-1) ?? 0) & ((1 << unusedBits) - 1)) !== 0) throw malformed('bit_string');
  return { octets, unusedBits };
}

/** GeneralizedTime of any year, with seconds and Z and no fraction (RFC 6960 §4.2.2.1). */
export function generalizedTime(content: Buffer): Date {
  return instantOf(content, 4);
}

/** UTCTime until 2049 and GeneralizedTime from 2050, both with seconds and Z (RFC 5280 §4.1.2.5). */
export function time(tag: number, content: Buffer): Date {
  if (tag === TAG.utcTime) return instantOf(content, 2);
  if (tag !== TAG.generalizedTime) throw malformed('time');
  const instant = instantOf(content, 4);
  if (instant.getUTCFullYear() < 2050) throw malformed('time');
  return instant;
}

/** Year, month, day, hour, minute and second in digits, and Z; a year of two digits lies between 1950 and 2049. */
function instantOf(content: Buffer, yearDigits: 2 | 4): Date {
  if (content.length !== yearDigits + 11 || content[yearDigits + 10] !== LETTER_Z) throw malformed('time');
  const written = decimal(content, 0, yearDigits);
  const year = yearDigits === 4 ? written : written + (written < 50 ? 2000 : 1900);
  const month = decimal(content, yearDigits, yearDigits + 2);
  const day = decimal(content, yearDigits + 2, yearDigits + 4);
  const hour = decimal(content, yearDigits + 4, yearDigits + 6);
  const minute = decimal(content, yearDigits + 6, yearDigits + 8);
  const second = decimal(content, yearDigits + 8, yearDigits + 10);
  const instant = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  // A date that does not exist (30 February) comes back as another one.
  const exists =
    instant.getUTCFullYear() === year && instant.getUTCMonth() === month - 1 && instant.getUTCDate() === day;
  if (!exists || hour > 23 || minute > 59 || second > 59) throw malformed('time');
  return instant;
}

function decimal(content: Buffer, start: number, end: number): number {
  let value = 0;
  for (let index = start; index < end; index++) {
    const digit = (content[index] ?? 0) - DIGIT_0;
    if (digit < 0 || digit > 9) throw malformed('time');
    value = value * 10 + digit;
  }
  return value;
}
