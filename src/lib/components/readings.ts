import readings from '../../../messages/readings.json' with { type: 'json' };

/** Plain text, or kanji with the kana above them. */
export type Piece = string | { readonly base: string; readonly reading: string };

/** Characters that a name is looked for in. */
const LONGEST_NAME = 20;

const KANJI = /[\p{Script=Han}々]/u;
const WORDS = new Map(Object.entries(readings));
const LONGEST = Math.max(...[...WORDS.keys()].map((word) => word.length));
/** サインイン中, where 中 alone would be なか. */
const BEGUN_IN_KANA = [...WORDS.keys()].filter((word) => !KANJI.test(word[0]!));

/** What is counted or dated: its reading goes by the figure before it. */
const AFTER_FIGURES: Readonly<Record<string, string>> = {
  年: 'ねん',
  月: 'がつ',
  日: 'にち',
  回: 'かい',
  分: 'ふん',
  台: 'だい',
};
/** 1分, 3分, 10分 are ぷん. */
const PUN = /[13468]$|0$/;
/** The days of the month that are not called by their figure. */
const DAYS: Readonly<Record<string, string>> = {
  1: 'ついたち',
  2: 'ふつか',
  3: 'みっか',
  4: 'よっか',
  5: 'いつか',
  6: 'むいか',
  7: 'なのか',
  8: 'ようか',
  9: 'ここのか',
  10: 'とおか',
  14: 'じゅうよっか',
  20: 'はつか',
  24: 'にじゅうよっか',
};

/** (月) behind a date is Monday, not the moon. */
const WEEKDAYS: Readonly<Record<string, string>> = {
  月: 'げつ',
  火: 'か',
  水: 'すい',
  木: 'もく',
  金: 'きん',
  土: 'ど',
  日: 'にち',
};
/** A family name and a given name as registers write them; sentences have no space between kanji, and a commission's name is longer. */
const NAME = /^[\p{Script=Han}々]{1,5}[ \u3000][\p{Script=Han}々]+/u;

/** The reading over the kanji of a word alone: what it ends and begins with in kana stands on the line. */
function wordPieces(word: string, reading: string): Piece[] {
  let end = 0;
  while (word.at(-1 - end) === reading.at(-1 - end) && end < word.length) end += 1;
  let start = 0;
  while (word[start] === reading[start] && start < word.length - end) start += 1;
  const base = word.slice(start, word.length - end);
  return [
    word.slice(0, start),
    { base, reading: reading.slice(start, reading.length - end) },
    word.slice(word.length - end),
  ];
}

/** The longest word of the table that begins here, or that is counted by the figure before it. */
function wordAt(text: string, at: number): { word: string; reading: string } | null {
  const figure = /(\d+)$/.exec(text.slice(Math.max(0, at - 4), at))?.[1];
  const counted = figure === undefined ? undefined : AFTER_FIGURES[text[at]!];
  const isAlone = !KANJI.test(text[at + 1] ?? '') || !WORDS.has(text.slice(at, at + 2));
  if (figure !== undefined && counted !== undefined && isAlone) {
    return { word: text[at]!, reading: counted === 'ふん' && PUN.test(figure) ? 'ぷん' : counted };
  }
  for (let length = Math.min(LONGEST, text.length - at); length > 0; length -= 1) {
    const word = text.slice(at, at + length);
    const reading = WORDS.get(word);
    if (reading !== undefined) return { word, reading };
  }
  return null;
}

/** The words of a run of kanji, or null where one of them is not in the table: a name, say, which nobody reads by rule. */
function runAt(text: string, start: number): { pieces: Piece[]; end: number } | null {
  const pieces: Piece[] = [];
  let at = start;
  do {
    const found = wordAt(text, at);
    if (!found) return null;
    pieces.push(...wordPieces(found.word, found.reading));
    at += found.word.length;
  } while (KANJI.test(text[at] ?? ''));
  return { pieces, end: at };
}

/** Without empty ones, and neighbours that are read alike as one. */
function tidy(pieces: readonly Piece[]): Piece[] {
  const tidied: Piece[] = [];
  for (const piece of pieces) {
    const last = tidied.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') tidied[tidied.length - 1] = last + piece;
    else if (piece !== '') tidied.push(piece);
  }
  return tidied;
}

/** A sentence of ours in pieces, with readings for its kanji. What the table (messages/readings.json) cannot read as a whole stays as it is. */
export function readingsIn(text: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  while (at < text.length) {
    const isFirst = KANJI.test(text[at]!);
    const name = isFirst ? NAME.exec(text.slice(at, at + LONGEST_NAME)) : null;
    const isWeekday =
      WEEKDAYS[text[at]!] !== undefined &&
      text[at + 1] === ')' &&
      text.slice(Math.max(0, at - 2), at) === '日(';
    const date = /^(\d{1,2})日/.exec(text.slice(at, at + 3));
    const isDay = date && text[at - 1] === '月' && DAYS[Number(date[1])] !== undefined;
    if (isDay) {
      pieces.push({ base: date[0], reading: DAYS[Number(date[1])]! });
      at += date[0].length;
    } else if (isWeekday) {
      pieces.push({ base: text[at]!, reading: WEEKDAYS[text[at]!]! });
      at += 1;
    } else if (name) {
      pieces.push(name[0]);
      at += name[0].length;
    } else if (isFirst) {
      const run = runAt(text, at);
      const end = run?.end ?? at + /^[\p{Script=Han}々]+/u.exec(text.slice(at))![0].length;
      pieces.push(...(run?.pieces ?? [text.slice(at, end)]));
      at = end;
    } else {
      const word = BEGUN_IN_KANA.find((known) => text.startsWith(known, at));
      pieces.push(...(word ? wordPieces(word, WORDS.get(word)!) : [text[at]!]));
      at += word?.length ?? 1;
    }
  }
  return tidy(pieces);
}

/**
 * What a lecture says, which others wrote: the table knows how our own sentences are read, not theirs. 行って is おこなって or いって,
 * 人 is ひと, じん or にん; only a word of two kanji or more is read in one way.
 */
export function givenReadings(text: string): Piece[] {
  const runOf = (run: string): Piece[] => {
    const pieces: Piece[] = [];
    for (let at = 0; at < run.length;) {
      const found = wordAt(run, at);
      if (!found || found.word.length < 2) return [run];
      pieces.push(...wordPieces(found.word, found.reading));
      at += found.word.length;
    }
    return pieces;
  };
  return tidy(
    text.split(/([\p{Script=Han}々]{2,})/u).flatMap((part, index) => (index % 2 ? runOf(part) : [part])),
  );
}
