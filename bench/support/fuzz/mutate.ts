import fc from 'fast-check';
import type { DerElement } from '#lib/server/certificates/der.ts';
import { derElement } from '#lib/server/certificates/der-write.ts';
import { genuine, replaceElement, type Genuine } from './elements.ts';

// Those of structure leave the lengths around them right, so that they are read deep inside; those of bytes leave nothing right.
const OF_STRUCTURE = [
  'remove',
  'repeat',
  'nest',
  'retag',
  'replaceByOther',
  'putOtherBefore',
  'empty',
  'shorten',
  'lengthen',
  'flipBitInside',
  'setByteInside',
] as const;
const OF_BYTES = ['flipBit', 'setByte', 'cut', 'endHere', 'insert', 'changeLength', 'growIntoNext'] as const;

/** One thing done to the bytes. The numbers choose where and how much, whatever the size, so every one of them means something. */
interface Edit<Kind> {
  readonly kind: Kind;
  readonly at: number;
  readonly from: number;
  readonly size: number;
}
export type Edits = readonly Edit<(typeof OF_STRUCTURE)[number] | (typeof OF_BYTES)[number]>[];

const MAX_NESTING = 200;
const MAX_BYTES = 96 * 1024;
// Values at which readers of lengths, tags and flags go wrong.
const TEMPTING = [0x00, 0x01, 0x02, 0x1f, 0x30, 0x31, 0x7f, 0x80, 0x81, 0x82, 0x84, 0x88, 0xa0, 0xff];

const edit = <Kind>(kinds: readonly Kind[]): fc.Arbitrary<Edit<Kind>> =>
  fc.record({
    kind: fc.constantFrom(...kinds),
    at: fc.nat(0xff_ffff),
    from: fc.nat(0xff_ffff),
    size: fc.nat(0xffff),
  });

/** One to four edits: of structure, of bytes, or of one and then the other. */
export const edits: fc.Arbitrary<Edits> = fc.oneof(
  { weight: 3, arbitrary: fc.array(edit(OF_STRUCTURE), { minLength: 1, maxLength: 3 }) },
  { weight: 1, arbitrary: fc.array(edit(OF_BYTES), { minLength: 1, maxLength: 3 }) },
  {
    weight: 1,
    arbitrary: fc.tuple(edit(OF_STRUCTURE), edit(OF_BYTES)),
  },
);

/** The genuine bytes after these edits; `donor` gives what comes from elsewhere. */
export function mutate(input: Genuine, donor: Genuine, list: Edits): Buffer {
  let current: Genuine | null = input;
  let { bytes } = input;
  for (const { kind, at, from, size } of list) {
    current ??= tryGenuine(bytes);
    const element = current?.elements[at % current.elements.length];
    const other = donor.elements[from % donor.elements.length];
    if (!current || !element || !other) return bytes;
    bytes = isOfStructure(kind)
      ? replaceElement(
          current,
          element,
          editElement(kind, bytes, { element, other: raw(donor.bytes, other), from, size }),
        )
      : editBytes(kind, bytes, { element, index: at % (bytes.length + 1), size });
    if (bytes.length > MAX_BYTES) return bytes.subarray(0, MAX_BYTES);
    current = null;
  }
  return bytes;
}

const raw = (bytes: Buffer, { start, end }: DerElement) => bytes.subarray(start, end);
const isOfStructure = (kind: string): kind is (typeof OF_STRUCTURE)[number] =>
  OF_STRUCTURE.some((one) => one === kind);

function tryGenuine(bytes: Buffer): Genuine | null {
  try {
    return genuine(bytes);
  } catch {
    return null;
  }
}

function editElement(
  kind: (typeof OF_STRUCTURE)[number],
  bytes: Buffer,
  { element, other, from, size }: { element: DerElement; other: Buffer; from: number; size: number },
): Buffer {
  const whole = raw(bytes, element);
  const content = bytes.subarray(element.contentStart, element.end);
  const place = from % (content.length || 1);
  switch (kind) {
    case 'remove':
      return Buffer.alloc(0);
    case 'repeat':
      return Buffer.concat(Array.from({ length: 2 + (size % 8) }, () => whole));
    case 'nest':
      return nested(whole, 1 + (size % MAX_NESTING));
    case 'retag':
      return derElement(size % 2 === 0 ? tempting(size >> 1) : (size >> 1) & 0xff, content);
    case 'replaceByOther':
      return other;
    case 'putOtherBefore':
      return Buffer.concat([other, whole]);
    case 'empty':
      return derElement(element.tag);
    case 'shorten':
      return derElement(element.tag, content.subarray(0, place));
    case 'lengthen':
      return derElement(element.tag, content, Buffer.alloc(1 + (size % 500), from & 0xff));
    case 'flipBitInside':
      return derElement(element.tag, withByte(content, place, (content[place] ?? 0) ^ (1 << (size & 7))));
    case 'setByteInside':
      return derElement(element.tag, withByte(content, place, tempting(size)));
  }
}

function editBytes(
  kind: (typeof OF_BYTES)[number],
  bytes: Buffer,
  { element: { start }, index, size }: { element: DerElement; index: number; size: number },
): Buffer {
  const [before, after] = [bytes.subarray(0, index), bytes.subarray(index)];
  switch (kind) {
    case 'flipBit':
      return withByte(bytes, index, (bytes[index] ?? 0) ^ (1 << (size & 7)));
    case 'setByte':
      return withByte(bytes, index, tempting(size));
    case 'cut':
      return Buffer.concat([before, after.subarray(1 + (size % 64))]);
    case 'endHere':
      return before;
    case 'insert':
      return Buffer.concat([before, Buffer.alloc(1 + (size % 300), size & 0xff), after]);
    case 'changeLength':
      return withByte(bytes, start + 1, size % 3 === 0 ? tempting(size) : size & 0xff);
    case 'growIntoNext':
      return withByte(bytes, start + 1, (bytes[start + 1] ?? 0) + 1 + (size % 16));
  }
}

const tempting = (size: number) => TEMPTING[size % TEMPTING.length] ?? 0;

function withByte(bytes: Buffer, index: number, value: number): Buffer {
  const changed = Buffer.from(bytes);
  if (index < changed.length) changed[index] = value & 0xff;
  return changed;
}

function nested(bytes: Buffer, depth: number): Buffer {
  let wrapped = bytes;
  for (let level = 0; level < depth; level += 1) wrapped = derElement(0x30, wrapped);
  return wrapped;
}
