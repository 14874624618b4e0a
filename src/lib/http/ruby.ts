import { givenReadings, readingsIn, type Piece } from '#lib/components/readings.ts';

/** `on` where a person wants readings (ふりがな) above the kanji of Japanese pages. */
export const RUBY_COOKIE = 'koshu-ruby';

/** Pages on which nothing runs (`csr = false`), so that what the server wrote stays as it is: the server writes the readings too. */
export const PAGES_WITH_RUBY: ReadonlySet<string> = new Set([
  '/',
  '/accessibility',
  '/check',
  '/contact',
  '/how',
  '/sessions',
  '/share/[page]',
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

/** Pages that live by a script, which puts the readings where they say `Read` (lib/components/Read.svelte). */
export const PAGES_WITH_READ: ReadonlySet<string> = new Set([
  '/check/device',
  '/sign-in/card-file',
  '/sign-in/link',
  '/sign-in/phone',
  '/(learner)/lecture/[chapter]/photo',
]);

/** Whether readings are shown on this page; null where they cannot be had: in another language, or where they are not thought of. */
export function rubyOnPage(page: {
  readonly routeId: string | null;
  readonly language: string;
  readonly wish: string | undefined;
}): 'on' | 'off' | null {
  const { routeId } = page;
  const isRead = routeId !== null && (PAGES_WITH_RUBY.has(routeId) || PAGES_WITH_READ.has(routeId));
  if (page.language !== 'ja' || !isRead) return null;
  return page.wish === 'on' ? 'on' : 'off';
}

/** Hidden from the accessibility tree: a screen reader knows the readings, and would say everything twice. */
const htmlOf = (pieces: readonly Piece[]) =>
  pieces
    .map((piece) =>
      typeof piece === 'string'
        ? piece
        : `<ruby>${piece.base}<rt aria-hidden="true">${piece.reading}</rt></ruby>`,
    )
    .join('');

/** The text of a page with readings above its kanji. */
export const textWithRuby = (text: string): string => htmlOf(readingsIn(text));

/** The text of a lecture, with those of which there is no doubt. */
export const givenTextWithRuby = (text: string): string => htmlOf(givenReadings(text));

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
