import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decodeCaptions } from './captions-file.ts';

const TEXT = 'WEBVTT\n\n00:01.000 --> 00:04.000\n横断歩道では待ちます。\n';

describe('a captions file', () => {
  it('is read in UTF-8, with or without a byte order mark', () => {
    expect(decodeCaptions(iconv.encode(TEXT, 'utf8'))).toEqual({ text: TEXT });
    expect(decodeCaptions(iconv.encode(TEXT, 'utf8', { addBOM: true }))).toEqual({ text: TEXT });
    expect(decodeCaptions(new Uint8Array())).toEqual({ text: '' });
  });

  it('in Shift_JIS or UTF-16 is told from one that is damaged', () => {
    expect(decodeCaptions(iconv.encode(TEXT, 'shift_jis'))).toEqual({ fault: 'shiftJis' });
    expect(decodeCaptions(iconv.encode(TEXT, 'utf16le', { addBOM: true }))).toEqual({ fault: 'utf16' });
    expect(decodeCaptions(iconv.encode(TEXT, 'utf16be', { addBOM: true }))).toEqual({ fault: 'utf16' });
    expect(decodeCaptions(Uint8Array.of(0x57, 0xff, 0xff, 0x80))).toEqual({ fault: 'encoding' });
    expect(decodeCaptions(iconv.encode(TEXT, 'utf8').subarray(0, -3))).toMatchObject({
      fault: expect.any(String),
    });
  });
});
