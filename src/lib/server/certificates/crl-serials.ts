import { randomInt } from 'node:crypto';
import type { DerElement } from './der.ts';

// FNV-1a, begun at a secret number so that nobody can choose serial numbers that fall together.
const FNV_PRIME = 0x0100_0193;
const FNV_OFFSET = 0x811c_9dc5;
const SEED = randomInt(2 ** 32) ^ FNV_OFFSET;

/**
 * The serial numbers of a revocation list, found where they lie in its bytes: a hash table of offsets, four to eight bytes an entry
 * beside the list itself.
 */
export class SerialNumbers {
  readonly #bytes: Buffer;
  /** Where the octets of a serial number begin in `#bytes`, and how many they are just before; 0 is a free place. */
  readonly #places: Uint32Array;
  #size = 0;

  /** `atMost` is how many may be added. */
  constructor(bytes: Buffer, atMost: number) {
    this.#bytes = bytes;
    // At least half of the places stay free, so that looking for one ends soon.
    this.#places = new Uint32Array(2 ** Math.ceil(Math.log2(atMost * 2 + 2)));
  }

  get size(): number {
    return this.#size;
  }

  /** The INTEGER must have been found good by `positiveInteger`, and lie in the bytes that this was made of. */
  add({ contentStart, end }: DerElement): void {
    const place = this.#placeOf(this.#bytes, contentStart, end);
    if (this.#places[place] !== 0) return;
    this.#places[place] = contentStart;
    this.#size += 1;
  }

  /** `serial` in hexadecimal without leading zero bytes. */
  has(serial: string): boolean {
    const octets = Buffer.from(serial, 'hex');
    // As DER writes it: a zero before a first octet that would read as a sign.
    const content = (octets[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), octets]) : octets;
    return this.#places[this.#placeOf(content, 0, content.length)] !== 0;
  }

  /** The place that holds these octets, or the free one where they belong. */
  #placeOf(source: Buffer, start: number, end: number): number {
    const mask = this.#places.length - 1;
    let place = hash(source, start, end) & mask;
    for (;;) {
      const at = this.#places[place] ?? 0;
      if (at === 0 || this.#isAt(at, source, start, end)) return place;
      place = (place + 1) & mask;
    }
  }

  /** The octet before the content is its length: serial numbers are far shorter than 128 octets. */
  #isAt(at: number, source: Buffer, start: number, end: number): boolean {
    if (this.#bytes[at - 1] !== end - start) return false;
    for (let index = start; index < end; index++) {
      if (this.#bytes[at + index - start] !== source[index]) return false;
    }
    return true;
  }
}

function hash(bytes: Buffer, start: number, end: number): number {
  let value = SEED;
  for (let index = start; index < end; index++) value = Math.imul(value ^ (bytes[index] ?? 0), FNV_PRIME);
  // The lower bits choose the place, so the upper ones are folded into them.
  return (value ^ (value >>> 15)) >>> 0;
}
