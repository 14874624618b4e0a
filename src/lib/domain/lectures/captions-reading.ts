import type { Cue } from './captions.ts';
import type { LanguageCode } from './languages.ts';

/** What makes captions hard to read, though they can be shown. */
export type CaptionsWarningKind = 'empty' | 'tooFast' | 'tooLong' | 'tooManyLines';

export interface CaptionsWarning {
  readonly kind: CaptionsWarningKind;
  /** Of the cue's timing, counted from 1. */
  readonly line: number;
  readonly startMs: number;
  /** Characters a second, characters of the longest line, or lines: what there is and what is advised. */
  readonly actual: number;
  readonly advised: number;
}

const CAPTION_LINES = 2;

const ALPHABETIC = { perSecond: 17, perLine: 42 };

/**
 * How many characters people read in a second, and how many fit a line. The public Timed Text Style Guides of Netflix, which broadcasters follow
 * too; Japanese is twice their 4 a second, because they count translations, and these captions repeat what is heard.
 */
const READING_LIMITS: Readonly<
  Record<LanguageCode, { readonly perSecond: number; readonly perLine: number }>
> = {
  ja: { perSecond: 8, perLine: 20 },
  zh: { perSecond: 9, perLine: 16 },
  ko: { perSecond: 12, perLine: 16 },
  en: { perSecond: 20, perLine: 42 },
  pt: ALPHABETIC,
  vi: ALPHABETIC,
  ne: ALPHABETIC,
  id: ALPHABETIC,
  ur: ALPHABETIC,
  si: ALPHABETIC,
  th: ALPHABETIC,
  tl: ALPHABETIC,
};

const MS = 1_000;
// What a reader takes for one character: a letter with all its signs above and below.
const characters = new Intl.Segmenter('ja', { granularity: 'grapheme' });
const countCharacters = (text: string): number => [...characters.segment(text)].length;

/** Cue by cue, what is advised against in captions of this language; empty when they read well. */
export function findCaptionsWarnings(cues: readonly Cue[], language: LanguageCode): CaptionsWarning[] {
  const { perSecond, perLine } = READING_LIMITS[language];
  return cues.flatMap(({ line, startMs, endMs, lines }) => {
    const written = lines.filter((text) => text.trim() !== '');
    const warn = (kind: CaptionsWarningKind, actual: number, advised: number): CaptionsWarning => ({
      ...{ kind, line, startMs, actual, advised },
    });
    if (written.length === 0) return [warn('empty', 0, 1)];
    const lengths = written.map((text) => countCharacters(text.trim()));
    const total = lengths.reduce((sum, length) => sum + length, 0);
    const speed = endMs > startMs ? (total * MS) / (endMs - startMs) : Infinity;
    const longest = Math.max(...lengths);
    return [
      ...(speed > perSecond ? [warn('tooFast', Math.ceil(speed), perSecond)] : []),
      ...(longest > perLine ? [warn('tooLong', longest, perLine)] : []),
      ...(written.length > CAPTION_LINES ? [warn('tooManyLines', written.length, CAPTION_LINES)] : []),
    ];
  });
}
