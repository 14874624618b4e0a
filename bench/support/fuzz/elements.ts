import { DerReader, readElement, type DerElement } from '#lib/server/certificates/der.ts';
import { derElement } from '#lib/server/certificates/der-write.ts';

/** An input with its elements, so that edits can strike where structure is. */
export interface Genuine {
  readonly bytes: Buffer;
  /** Outer ones before those that lie in them. */
  readonly elements: readonly DerElement[];
}

const CONSTRUCTED = 0x20;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;

/** Reads by our own reader, so the bytes must be strict DER. */
export function genuine(bytes: Buffer): Genuine {
  const elements: DerElement[] = [];
  const pending = [new DerReader(bytes)];
  for (let reader = pending.pop(); reader; reader = pending.pop()) {
    while (reader.hasMore) {
      const element = reader.any();
      elements.push(element);
      const inside = readerOfContent(bytes, reader, element);
      if (inside) pending.push(inside);
    }
  }
  return { bytes, elements: elements.toSorted((a, b) => a.start - b.start || b.end - a.end) };
}

/** What lies in a constructed element, or in an OCTET STRING or BIT STRING that holds DER itself. */
function readerOfContent(bytes: Buffer, parent: DerReader, element: DerElement): DerReader | null {
  if ((element.tag & CONSTRUCTED) !== 0) return parent.enter(element);
  if (element.tag !== OCTET_STRING && element.tag !== BIT_STRING) return null;
  const start = element.contentStart + (element.tag === BIT_STRING ? 1 : 0);
  return holdsDer(bytes, start, element.end) ? new DerReader(bytes, start, element.end) : null;
}

/** A random octet string may begin like DER by chance: all of it must be, and something in it constructed. */
function holdsDer(bytes: Buffer, start: number, end: number): boolean {
  try {
    return countConstructed(new DerReader(bytes, start, end)) > 0;
  } catch {
    return false;
  }
}

/** Throws where the bytes are no strict DER. */
function countConstructed(reader: DerReader): number {
  let count = 0;
  while (reader.hasMore) {
    const element = reader.any();
    if ((element.tag & CONSTRUCTED) !== 0) count += 1 + countConstructed(reader.enter(element));
  }
  return count;
}

/** The bytes with something in the place of one element, and the lengths of all that surround it put right. */
export function replaceElement({ bytes, elements }: Genuine, element: DerElement, by: Buffer): Buffer {
  let { start, end } = element;
  let current = by;
  const around = elements.filter(
    (outer) => outer.contentStart <= start && end <= outer.end && outer !== element,
  );
  for (const outer of around.toReversed()) {
    const [before, after] = [bytes.subarray(outer.contentStart, start), bytes.subarray(end, outer.end)];
    current = derElement(outer.tag, before, current, after);
    ({ start, end } = outer);
  }
  return Buffer.concat([bytes.subarray(0, start), current, bytes.subarray(end)]);
}

/** Reads every element that can be reached, and how many there were; more than there are bytes would be a reader that does not advance. */
export function walk(bytes: Buffer): number {
  let count = 0;
  const pending: [start: number, end: number][] = [[0, bytes.length]];
  for (let range = pending.pop(); range; range = pending.pop()) {
    let [offset] = range;
    while (offset < range[1]) {
      const element = readElement(bytes, offset, range[1]);
      count += 1;
      if (count > bytes.length) throw new Error('the reader does not advance');
      if ((element.tag & CONSTRUCTED) !== 0) pending.push([element.contentStart, element.end]);
      offset = element.end;
    }
  }
  return count;
}
