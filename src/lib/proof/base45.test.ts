import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase45, encodeBase45 } from './base45.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);

describe('Base45', () => {
  // RFC 9285 §4.3 and §4.4
  it.each([
    ['AB', 'BB8'],
    ['Hello!!', '%69 VD92EX0'],
    ['base-45', 'UJCLQE7W581'],
    ['ietf!', 'QED8WEX0'],
    ['', ''],
  ])('writes %j as %j, and reads it back', (text, encoded) => {
    expect(encodeBase45(utf8(text))).toBe(encoded);
    expect(decodeBase45(encoded)).toEqual(utf8(text));
  });

  it('reads back whatever it has written, in the alphabet of a QR code and with no space at either end', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const text = encodeBase45(bytes);
        expect(text).toMatch(/^[0-9A-Z $%*+\-./:]*$/);
        expect(text.trimEnd()).toBe(text);
        expect(decodeBase45(text)).toEqual(Uint8Array.from(bytes));
      }),
    );
  });

  it.each([
    ['a length that cannot be', 'BB80'],
    ['one character', 'B'],
    ['small letters', 'bb8'],
    ['a line break', 'BB8\n12'],
    ['letters from elsewhere', 'BB８'],
    ['three characters above two bytes (RFC 9285 §6)', 'GGW'],
    ['two characters above one byte', ':::::'],
    ['half of a surrogate pair', 'BB\uD83D'],
  ])('refuses %s', (_, text) => {
    expect(decodeBase45(text)).toBeNull();
  });

  it('reads the largest group, and writes nothing in two ways', () => {
    expect(decodeBase45('FGW')).toEqual(Uint8Array.of(255, 255));
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'09AZ $%:'), maxLength: 12 }), (text) => {
        const bytes = decodeBase45(text);
        if (bytes) expect(encodeBase45(bytes)).toBe(text);
      }),
    );
  });
});
