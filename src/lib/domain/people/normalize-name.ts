import { COMMON_FORMS, UNKNOWN_CHARACTER } from './character-forms.ts';

/** A name as it is compared: in NFKC, without spaces, capital letters, and without the selectors that only change the shape of a character. */
export function normalizeName(name: string): string {
  return name
    .normalize('NFKC')
    .replaceAll(/[\s\p{Z}\u{FE00}-\u{FE0F}\u{E0100}-\u{E01EF}]/gu, '')
    .replaceAll(/[・･,.']/g, '')
    .toUpperCase();
}

/**
 * How two normalised texts compare, character by character: the same; the same but for older or other forms of a character (髙 and 高);
 * the same but for characters that somebody could not write; or different.
 */
export type TextComparison = 'same' | 'variant' | 'substituted' | 'different';

export function compareTexts(one: string, other: string): TextComparison {
  const [left, right] = [[...one], [...other]];
  if (left.length !== right.length || left.length === 0) return 'different';
  let result: TextComparison = 'same';
  for (const [index, character] of left.entries()) {
    const opposite = right[index]!;
    if (UNKNOWN_CHARACTER.test(character) || UNKNOWN_CHARACTER.test(opposite)) {
      result = 'substituted';
    } else if (character !== opposite) {
      if (commonForm(character) !== commonForm(opposite)) return 'different';
      if (result === 'same') result = 'variant';
    }
  }
  return result;
}

const commonForm = (character: string): string => COMMON_FORMS.get(character) ?? character;
