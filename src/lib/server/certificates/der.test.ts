import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '#lib/domain/refusal.ts';
import {
  bitString,
  DerReader,
  generalizedTime,
  objectIdentifier,
  positiveInteger,
  readElement,
  TAG,
  time,
  trueBoolean,
} from './der.ts';

const bytes = (hex: string) => Buffer.from(hex, 'hex');
const text = (value: string) => Buffer.from(value, 'latin1');

describe('an element', () => {
  it('lies between its tag and its length', () => {
    expect(readElement(bytes('ff0203010203'), 1, 6)).toEqual({
      tag: 0x02,
      start: 1,
      contentStart: 3,
      end: 6,
    });
    const long = Buffer.concat([bytes('048180'), Buffer.alloc(128)]);
    expect(readElement(long, 0, long.length)).toEqual({ tag: 0x04, start: 0, contentStart: 3, end: 131 });
  });

  it.each([
    ['nothing', ''],
    ['a tag alone', '30'],
    ['less than its length says', '300102030405'.slice(0, 4)],
    ['an indefinite length', '30800000'],
    ['a length in the long form that fits the short one', '30810100'],
    ['a length with a zero before it', '3082008000'],
    ['a length of five octets', '30850000000001ff'],
    ['a tag of several octets', '1f810100'],
  ])('is refused with %s', (_, hex) => {
    expect(() => readElement(bytes(hex), 0, bytes(hex).length)).toThrow(Refusal);
  });

  it('never reaches beyond its parent', () => {
    const reader = new DerReader(bytes('3003020501ffffff'));
    const inner = reader.enter(reader.next(TAG.sequence));
    expect(() => inner.any()).toThrow(Refusal);
  });
});

describe('values', () => {
  it('reads serial numbers as hexadecimal', () => {
    expect(positiveInteger(bytes('0133c349'))).toBe('0133c349');
    expect(positiveInteger(bytes('00ff'))).toBe('ff');
  });
  it.each(['', '80', '0001', 'ff01'])('refuses the integer %j', (hex) => {
    expect(() => positiveInteger(bytes(hex))).toThrow(Refusal);
  });

  it('reads object identifiers', () => {
    expect(objectIdentifier(bytes('551d0f'))).toBe('2.5.29.15');
    expect(objectIdentifier(bytes('2a83088c9b550805010 31e'.replaceAll(' ', '')))).toBe(
      '1.2.392.200149.8.5.1.3.30',
    );
  });
  it.each(['', '80', '5580', '558001', '55ffffffffffffffff7f'])('refuses the object identifier %j', (hex) => {
    expect(() => objectIdentifier(bytes(hex))).toThrow(Refusal);
  });

  it('knows only one way to say yes', () => {
    expect(trueBoolean(bytes('ff'))).toBe(true);
    for (const hex of ['', '00', '01', 'ffff']) expect(() => trueBoolean(bytes(hex))).toThrow(Refusal);
  });

  it('refuses bit strings whose unused bits are set', () => {
    expect(bitString(bytes('0780')).octets).toEqual(bytes('80'));
    for (const hex of ['', '0880', '0781', '07']) expect(() => bitString(bytes(hex))).toThrow(Refusal);
  });

  it('reads the two forms of time, each for its century', () => {
    expect(time(TAG.utcTime, text('260228235959Z'))).toEqual(new Date('2026-02-28T23:59:59Z'));
    expect(time(TAG.utcTime, text('500101000000Z'))).toEqual(new Date('1950-01-01T00:00:00Z'));
    expect(time(TAG.generalizedTime, text('20500101000000Z'))).toEqual(new Date('2050-01-01T00:00:00Z'));
  });
  it.each([
    '260230000000Z',
    '2602281200Z',
    '260228120000+0900',
    '260228240000Z',
    '260228120060Z',
    '261301000000Z',
  ])('refuses the time %s', (value) => expect(() => time(TAG.utcTime, text(value))).toThrow(Refusal));
  it('refuses a year before 2050 in the long form', () => {
    expect(() => time(TAG.generalizedTime, text('20260228120000Z'))).toThrow(Refusal);
  });
});

describe('whatever the bytes', () => {
  it('reads them or refuses them, moves on, and stays inside', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (input) => {
        const reader = new DerReader(Buffer.from(input));
        try {
          for (let last = 0; reader.hasMore;) {
            const { end } = reader.any();
            expect(end).toBeGreaterThan(last);
            expect(end).toBeLessThanOrEqual(input.length);
            last = end;
          }
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
        }
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('a GeneralizedTime of any year', () => {
  it('is an instant', () => {
    expect(generalizedTime(text('20261122030000Z'))).toEqual(new Date('2026-11-22T03:00:00Z'));
    expect(generalizedTime(text('20991231235959Z'))).toEqual(new Date('2099-12-31T23:59:59Z'));
  });

  it.each([
    '20261122030000',
    '20261122030000.5Z',
    '20261122030000+0900',
    '261122030000Z',
    '20260230000000Z',
    '20261122240000Z',
    '00501122030000Z',
    '',
  ])('is refused as %j', (value) => {
    expect(() => generalizedTime(text(value))).toThrow(Refusal);
  });
});
