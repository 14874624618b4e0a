import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readScan } from './read-scan.ts';

const BASE45 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const proofs = fc
  .array(fc.constantFrom(...BASE45), { minLength: 1, maxLength: 300 })
  .map((signs) => `KOSHU1:${signs.join('')}`);
const toFullWidth = (text: string) =>
  [...text]
    .map((sign) => (sign === ' ' ? '\u3000' : String.fromCharCode(sign.charCodeAt(0) + 0xfee0)))
    .join('');
const typedAs = (signs: Readonly<Record<string, string>>) => (text: string) =>
  [...text].map((sign) => signs[sign] ?? sign).join('');
const usScannerAtJapaneseComputer = typedAs({ ':': '+', '*': '(', '+': '~' });
const japaneseScannerAtUsComputer = typedAs({ ':': "'", '*': '"', '+': ':' });

describe('what an officer types or scans', () => {
  it('is a QR of ours, sign for sign, with the spaces inside it', () => {
    fc.assert(
      fc.property(proofs, (text) => {
        expect(readScan(text)).toEqual({ kind: 'proof', text });
      }),
    );
  });

  it('is that too in small letters, full width, with the line end of a scanner, and from the other keyboard', () => {
    fc.assert(
      fc.property(proofs, (text) => {
        for (const typed of [
          text.toLowerCase(),
          toFullWidth(text),
          `${text}\r\n`,
          ` ${text}`,
          usScannerAtJapaneseComputer(text),
          usScannerAtJapaneseComputer(text).toLowerCase(),
          toFullWidth(usScannerAtJapaneseComputer(text)),
          japaneseScannerAtUsComputer(text),
        ]) {
          expect(readScan(typed)).toEqual({ kind: 'proof', text });
        }
      }),
    );
  });

  it('is a number in any of the ways people write numbers', () => {
    expect(readScan('Ｋ２６ー１２３４ー５６７８ー９')).toMatchObject({ kind: 'recordNumber' });
    expect(readScan(' k26 1234 5678 9 ')).toMatchObject({ kind: 'recordNumber' });
    expect(readScan('９９００-0000-0001')).toEqual({
      kind: 'licenceNumber',
      licenceNumber: '990000000001',
    });
  });

  it.each([
    ['', 'nothing'],
    ['　 \r\n', 'nothing'],
    ['https://example.jp/', 'foreign'],
    ['WIFI:T:WPA;S:x;;', 'foreign'],
    ['HC1:NCFOXN%TS3DH3ZSUZK+.V0ETD%65NL-AH', 'foreign'],
    ['x'.repeat(10_000), 'foreign'],
    [`K${'1'.repeat(10_000)}`, 'foreign'],
    ['KOSHU2:ABC', 'foreign'],
    ['KOSHU1:', 'foreign'],
    ['KOSHU1:A#B', 'foreign'],
    ['KOSHU1:あ', 'inputMethodOn'],
    ['こしゅ１：', 'inputMethodOn'],
    ['山田花子', 'unreadable'],
    ["'; drop table driver; --", 'unreadable'],
    ['12345', 'unreadable'],
  ])('%j is %s', (typed, kind) => {
    expect(readScan(typed).kind).toBe(kind);
  });

  it('never fails, whatever it is', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => void readScan(text)));
  });
});
