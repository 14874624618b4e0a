import readings from '../../../messages/readings.json' with { type: 'json' };

/** `on` where a person wants readings (ふりがな) above the kanji of Japanese pages. */
export const RUBY_COOKIE = 'koshu-ruby';

/** Pages on which nothing runs (`csr = false`), so that what the server wrote stays as it is. Only they can have readings. */
export const PAGES_WITH_RUBY: ReadonlySet<string> = new Set([
  '/',
  '/accessibility',
  '/check',
  '/contact',
  '/how',
  '/sessions',
  '/sign-in',
  '/sign-in/phone/choose',
  '/sign-in/phone/done',
  '/sign-in/phone/for',
  '/sign-out',
  '/(learner)/consent',
  '/(learner)/eligibility',
  '/(learner)/lecture',
  '/(learner)/lecture/[chapter]/answer',
  '/(learner)/lecture/[chapter]/question',
  '/(learner)/lecture/[chapter]/watch',
  '/(learner)/record',
  '/(learner)/record/looks',
  '/(learner)/survey',
]);

/** Whether readings are shown on this page; null where they cannot be had: in another language, or where scripts run. */
export function rubyOnPage(page: {
  readonly routeId: string | null;
  readonly language: string;
  readonly wish: string | undefined;
}): 'on' | 'off' | null {
  if (page.language !== 'ja' || page.routeId === null || !PAGES_WITH_RUBY.has(page.routeId)) return null;
  return page.wish === 'on' ? 'on' : 'off';
}

/** Characters that a name is looked for in. */
const LONGEST_NAME = 20;

const KANJI = /[\p{Script=Han}々]/u;
const WORDS = new Map(Object.entries(readings));
const LONGEST = Math.max(...[...WORDS.keys()].map((word) => word.length));

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
/** A family name and a given name as registers write them; sentences have no space between kanji. */
const NAME = /^[\p{Script=Han}々]+[ \u3000][\p{Script=Han}々]+/u;

/** Hidden from the accessibility tree: a screen reader knows the readings, and would say everything twice. */
const ruby = (base: string, reading: string) => `<ruby>${base}<rt aria-hidden="true">${reading}</rt></ruby>`;

/** Ruby over the kanji of a word alone: what it ends and begins with in kana stands on the line. */
function wordWithRuby(word: string, reading: string): string {
  let end = 0;
  while (word.at(-1 - end) === reading.at(-1 - end) && end < word.length) end += 1;
  let start = 0;
  while (word[start] === reading[start] && start < word.length - end) start += 1;
  const base = word.slice(start, word.length - end);
  return (
    word.slice(0, start) +
    ruby(base, reading.slice(start, reading.length - end)) +
    word.slice(word.length - end)
  );
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
function runAt(text: string, start: number): { html: string; end: number } | null {
  let html = '';
  let at = start;
  do {
    const found = wordAt(text, at);
    if (!found) return null;
    html += wordWithRuby(found.word, found.reading);
    at += found.word.length;
  } while (KANJI.test(text[at] ?? ''));
  return { html, end: at };
}

/**
 * The text of a lecture, which others wrote: the table knows how our own sentences are read, not theirs. 行って is おこなって or いって,
 * 人 is ひと, じん or にん; only a word of two kanji or more is read in one way.
 */
export function givenTextWithRuby(text: string): string {
  return text.replaceAll(/[\p{Script=Han}々]{2,}/gu, (run) => {
    let html = '';
    for (let at = 0; at < run.length;) {
      const found = wordAt(run, at);
      if (!found || found.word.length < 2) return run;
      html += wordWithRuby(found.word, found.reading);
      at += found.word.length;
    }
    return html;
  });
}

/** The text of a page with readings above its kanji. What the table (messages/readings.json) cannot read as a whole stays as it is. */
export function textWithRuby(text: string): string {
  let html = '';
  let at = 0;
  while (at < text.length) {
    const isFirst = KANJI.test(text[at]!);
    const name = isFirst ? NAME.exec(text.slice(at, at + LONGEST_NAME)) : null;
    const isWeekday =
      WEEKDAYS[text[at]!] !== undefined &&
      text[at + 1] === ')' &&
      text.slice(Math.max(0, at - 2), at) === '日(';
    const date = /^(\d{1,2})日/.exec(text.slice(at));
    const isDay = date && text[at - 1] === '月' && DAYS[Number(date[1])] !== undefined;
    if (isDay) {
      html += ruby(date[0], DAYS[Number(date[1])]!);
      at += date[0].length;
    } else if (isWeekday) {
      html += ruby(text[at]!, WEEKDAYS[text[at]!]!);
      at += 1;
    } else if (name) {
      html += name[0];
      at += name[0].length;
    } else if (isFirst) {
      const run = runAt(text, at);
      const end = run?.end ?? at + /^[\p{Script=Han}々]+/u.exec(text.slice(at))![0].length;
      html += run?.html ?? text.slice(at, end);
      at = end;
    } else {
      html += text[at];
      at += 1;
    }
  }
  return html;
}

const OPEN = String.raw`(?:"[^"]*"|'[^']*'|[^>"'])*`;
/** Elements whose text is no text of the page, comments, tags, text. */
const PIECE = new RegExp(
  String.raw`<(script|style|title|textarea|select|svg|ruby|noscript)\b${OPEN}>[\s\S]*?</\1>|<!--[\s\S]*?-->|<(/?)([a-zA-Z][\w-]*)${OPEN}>|[^<]+|<`,
  'g',
);
const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/;
/** Another language, what must not be touched, and the picture of a player, which its script replaces by itself. */
const UNREAD = /\s(?:lang="(?!ja")|translate="no"|data-chapter=)/;
/** Words of a lecture, which say of themselves that they are Japanese (`textIn`), as the whole page does. */
const GIVEN = /^<(?!html\b).*?\slang="ja"/s;

/**
 * The HTML of a Japanese page with readings above its kanji: in its text only, never in attributes, titles or fields, nor where another
 * language is spoken (`lang`) or something must not be touched (`translate="no"`).
 */
export function withRuby(html: string): string {
  // The mark of a page that a script will take over, such as an error on one of these pages.
  if (html.includes('__sveltekit_')) return html;
  let within: { readonly name: string; readonly isRead: boolean } | null = null;
  let depth = 0;
  return html.replace(PIECE, (piece, _whole, slash: string | undefined, name: string | undefined) => {
    if (name !== undefined) {
      const isUnread = UNREAD.test(piece);
      if (within === null && slash === '' && (isUnread || GIVEN.test(piece)) && !VOID.test(name)) {
        within = { name, isRead: !isUnread };
        depth = 1;
      } else if (name === within?.name) {
        depth += slash === '' ? 1 : -1;
        if (depth === 0) within = null;
      }
      return piece;
    }
    if (piece.startsWith('<') || within?.isRead === false) return piece;
    const read = (within ? givenTextWithRuby : textWithRuby)(piece.trim());
    // In one piece, also where the element lays out its children itself.
    return read.includes('<') ? piece.replace(piece.trim(), () => `<span>${read}</span>`) : piece;
  });
}
