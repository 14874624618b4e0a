import { describe, expect, it } from 'vitest';
import { readScan } from '#lib/domain/records/read-scan.ts';
import { createWedge, type KeyPress } from './wedge.ts';

const SHIFTED: Readonly<Record<string, string>> = {
  $: 'Digit4',
  '%': 'Digit5',
  '*': 'Digit8',
  '+': 'Equal',
  ':': 'Semicolon',
};
const PLAIN: Readonly<Record<string, string>> = { ' ': 'Space', '-': 'Minus', '.': 'Period', '/': 'Slash' };

/** The keys that a scanner with a US keyboard presses for a text. */
const keysOf = (text: string): Omit<KeyPress, 'atMs'>[] =>
  [...text].map((key) => ({
    key,
    code: SHIFTED[key] ?? PLAIN[key] ?? (/\d/.test(key) ? `Digit${key}` : `Key${key}`),
    isShifted: key in SHIFTED || /[A-Z]/.test(key),
  }));
const ENTER = { key: 'Enter', code: 'Enter', isShifted: false };

function press(keys: readonly Omit<KeyPress, 'atMs'>[], everyMs: number) {
  const wedge = createWedge();
  const scans = keys.map((key, index) => wedge.press({ ...key, atMs: index * everyMs }));
  return scans.find((scan) => scan !== null) ?? null;
}

const TEXT =
  'KOSHU1:6BF+70790T9WJWG.FKY*4GO0.O1CV2 O5 N2FBBRW1*70HS8WY04AC*WIFN0AHCD8KD97TK0F90KECTHGWJC0FDC:5AIA%G7X+AQB9';

describe('a scanner that types', () => {
  it('is told by its burst that ends with Enter', () => {
    expect(press([...keysOf(TEXT), ENTER], 8)).toEqual({ text: TEXT, isSwallowed: false });
  });

  it('is not a person, however fast he types', () => {
    expect(press([...keysOf(TEXT), ENTER], 70)).toBeNull();
  });

  it('is not a person who holds few keys and presses Enter', () => {
    expect(press([...keysOf('1111'), ENTER], 30)).toBeNull();
  });

  it('is read by the places of its keys when an input method swallows what they write', () => {
    const swallowed = keysOf(TEXT).map((key) => ({ ...key, key: 'Process' }));
    expect(press([...swallowed, { ...ENTER, key: 'Process' }], 8)).toEqual({ text: TEXT, isSwallowed: true });
  });

  it('set to a Japanese keyboard is read so too', () => {
    const places: Readonly<Record<string, Omit<KeyPress, 'atMs'>>> = {
      ':': { key: 'Process', code: 'Quote', isShifted: false },
      '*': { key: 'Process', code: 'Quote', isShifted: true },
      '+': { key: 'Process', code: 'Semicolon', isShifted: true },
    };
    const keys = keysOf(TEXT).map((key) => places[key.key] ?? { ...key, key: 'Process' });
    const scanned = press([...keys, ENTER], 8);
    expect(readScan(scanned?.text ?? '')).toEqual({ kind: 'proof', text: TEXT });
  });

  it('leaves modifier keys out', () => {
    const shift = { key: 'Shift', code: 'ShiftLeft', isShifted: true };
    const keys = keysOf('K2612345678').flatMap((key) => [shift, key]);
    expect(press([...keys, ENTER], 8)?.text).toBe('K2612345678');
  });

  it('that has begun is known before its second digit chooses anything', () => {
    const wedge = createWedge();
    wedge.press({ key: '2', code: 'Digit2', isShifted: false, atMs: 0 });
    expect(wedge.isBurst(40)).toBe(false);
    wedge.press({ key: '6', code: 'Digit6', isShifted: false, atMs: 8 });
    expect(wedge.isBurst(40)).toBe(true);
    expect(wedge.isBurst(400)).toBe(false);
  });
});
