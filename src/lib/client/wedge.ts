/** A key that went down, as `KeyboardEvent` tells of it. */
export interface KeyPress {
  readonly key: string;
  /** Which key by its place, whatever it writes (UI Events KeyboardEvent code Values). */
  readonly code: string;
  readonly isShifted: boolean;
  readonly atMs: number;
}

/** Nobody types a whole code with so little between two keys; scanners need a few milliseconds. */
const BETWEEN_KEYS_MAX_MS = 50;
/** A record number without its K is the shortest thing that is scanned. */
const SCAN_MIN_LENGTH = 11;

/** What a US keyboard writes for the keys that stand for Base45, plain and with shift. */
const SIGNS: Readonly<Record<string, readonly [string, string]>> = {
  Space: [' ', ' '],
  Minus: ['-', '_'],
  Equal: ['=', '+'],
  Period: ['.', '>'],
  Slash: ['/', '?'],
  Semicolon: [';', ':'],
  Quote: ["'", '"'],
  Digit4: ['4', '$'],
  Digit5: ['5', '%'],
  Digit8: ['8', '*'],
};

function signOf({ key, code, isShifted }: KeyPress): { written: string | null; meant: string } | null {
  const written = [...key].length === 1 ? key : null;
  const sign = SIGNS[code]?.[isShifted ? 1 : 0] ?? /^(?:Key|Digit|Numpad)([A-Z0-9])$/.exec(code)?.[1];
  return written === null && sign === undefined ? null : { written, meant: sign ?? written ?? '' };
}

/**
 * Tells a keyboard-wedge scanner from a person: a fast burst of keys that ends with Enter. An input method swallows what a burst writes
 * (`key` is `Process` then); what was meant is read from the places of the keys.
 */
export function createWedge() {
  let signs: { written: string | null; meant: string }[] = [];
  let lastMs = Number.NEGATIVE_INFINITY;

  return {
    /** The text of a scan when this key ends one, else null. `isSwallowed`: an input method was in the way. */
    press(press: KeyPress): { readonly text: string; readonly isSwallowed: boolean } | null {
      if (press.atMs - lastMs > BETWEEN_KEYS_MAX_MS) signs = [];
      if (press.code === 'Enter' || press.code === 'NumpadEnter' || press.key === 'Enter') {
        const burst = signs;
        signs = [];
        if (burst.length < SCAN_MIN_LENGTH) return null;
        const isSwallowed = burst.some(({ written }) => written === null);
        const text = burst.map(({ written, meant }) => (isSwallowed ? meant : (written ?? ''))).join('');
        return { text, isSwallowed };
      }
      lastMs = press.atMs;
      const sign = signOf(press);
      if (sign) signs.push(sign);
      return null;
    },
    /** Whether a key that went down at this instant belongs to a burst that has begun. */
    isBurst: (atMs: number): boolean => signs.length > 1 && atMs - lastMs <= BETWEEN_KEYS_MAX_MS,
  };
}
