import { normalizeName } from './normalize-name.ts';

const DIGIT = new Map([...'〇一二三四五六七八九'].map((character, value) => [character, value]));
const UNIT = new Map([
  ['十', 10],
  ['百', 100],
]);

/** 二十三 is 23, 百五 is 105, 二三 is 23 (read digit by digit). */
function readKanjiNumber(text: string): number {
  if (![...text].some((character) => UNIT.has(character))) {
    return Number([...text].map((character) => DIGIT.get(character)).join(''));
  }
  let [sum, pending] = [0, 0];
  for (const character of text) {
    const unit = UNIT.get(character);
    if (unit === undefined) pending = DIGIT.get(character) ?? 0;
    else {
      sum += (pending || 1) * unit;
      pending = 0;
    }
  }
  return sum + pending;
}

/**
 * An address as it is compared: 一丁目2番地の3, 1丁目2番3号 and 1-2-3 become one; spaces and 大字 go. What numbers mean is never
 * guessed: only how they are joined.
 */
export function normalizeAddress(address: string): string {
  const plain = address
    .normalize('NFKC')
    .trim()
    .replaceAll(/(\d)[\s\p{Z}]+(?=\d)/gu, '$1-')
    .replaceAll(/[〇一二三四五六七八九十百]+(?=丁目|番地|番|号)/g, (number) =>
      String(readKanjiNumber(number)),
    )
    .replaceAll('大字', '')
    .replaceAll(/(\d)(?:丁目|番地の|番地|番の|番(?=\d|$)|号室|号|[のノ](?=\d))/g, '$1-')
    .replaceAll(/(\d)[\s\p{Z}]*[‐-―−─ー-]+[\s\p{Z}]*/gu, '$1-')
    .replaceAll(/[‐-―−─]+(?=\d)/g, '-')
    .replaceAll(/-(?!\d)/g, '');
  return normalizeName(plain);
}
